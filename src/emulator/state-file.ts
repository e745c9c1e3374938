import { ToolError } from '../core/tool-error.ts';
import type { FileSystem } from '../core/file-system.ts';
import { compileSchema } from '../core/json-schema.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { collectionNames, type Snapshot } from './state.ts';

/** The state of an emulator in a file. */
export interface StateFile {
  /** What the file holds; undefined if there is none. */
  readonly state: Snapshot | undefined;
  /** Replaces the file, atomically. Rejects with a ToolError `state-unwritable`. */
  readonly save: (state: Snapshot) => Promise<void>;
}

/**
 * Opens the state of an emulator.
 *
 * @throws ToolError `state-damaged` if the file is none; it is left as it is
 */
export async function openStateFile(fileSystem: FileSystem, path: string): Promise<StateFile> {
  const bytes = await fileSystem.readFileIfExists(path);
  return {
    state: bytes === undefined ? undefined : parseState(new TextDecoder().decode(bytes), path),
    save: (state) => fileSystem.writeFileAtomic(path, `${JSON.stringify(state)}\n`),
  };
}

function parseState(text: string, path: string): Snapshot {
  let data: JsonValue;
  try {
    data = JSON.parse(text) as JsonValue;
  } catch {
    throw damaged(path, 'it is not JSON');
  }
  const [violation] = validate(data);
  if (violation !== undefined) {
    const where = violation.pointer === '' ? 'it' : `"${violation.pointer}"`;
    throw damaged(path, `${where} ${violation.message}`);
  }
  return data as unknown as Snapshot;
}

function damaged(path: string, reason: string): ToolError {
  return new ToolError('state-damaged', `"${path}" is not the state of a local workspace: ${reason}`, {
    hint: `restore the file, or delete it to start with an empty workspace`,
  });
}

const text = { type: 'string' } as const;
const principal = record({
  name: text,
  type: { enum: ['Application', 'User'] },
  objectId: text,
  tenantId: text,
});

const resource = record(
  {
    name: text,
    id: text,
    createdAt: text,
    lastModifiedAt: text,
    createdBy: principal,
    lastModifiedBy: principal,
    properties: { type: 'object' },
  },
  { kind: text, etag: text },
);

const validate = compileSchema(
  record({
    formatVersion: { const: 1 },
    sequence: { type: 'integer', minimum: 0 },
    workspaces: {
      type: 'array',
      items: record(
        {
          subscriptionId: text,
          resourceGroup: text,
          name: text,
          customerId: text,
          location: text,
          createdAt: text,
          collections: record(
            {},
            Object.fromEntries(collectionNames.map((name) => [name, { type: 'array', items: resource }])),
          ),
        },
        { onboardedAt: text, deletedAlertRules: { type: 'object', additionalProperties: text } },
      ),
    },
  }),
);

function record(required: JsonObject, optional: JsonObject = {}): JsonObject {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}
