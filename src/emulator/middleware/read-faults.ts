import { compileSchema } from '../../core/json-schema.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { ToolError } from '../../core/tool-error.ts';
import type { Fault } from './faults.ts';

/**
 * Reads a script of faults: a JSON list such as `[{"method": "PUT", "fault": {"kind": "status", "status": 503}}]`.
 *
 * @throws ToolError `content-invalid` that names what is wrong
 */
export function readFaults(text: string, file: string): readonly Fault[] {
  let data: JsonValue;
  try {
    data = JSON.parse(text) as JsonValue;
  } catch {
    throw damaged(file, 'it is not JSON');
  }
  const [violation] = validate(data);
  if (violation !== undefined) {
    const where = violation.pointer === '' ? 'it' : `"${violation.pointer}"`;
    throw damaged(file, `${where} ${violation.message}`);
  }
  return data as unknown as readonly Fault[];
}

function damaged(file: string, reason: string): ToolError {
  return new ToolError('content-invalid', `"${file}" is no script of faults: ${reason}`, {
    hint: 'docs/emulator.md shows one',
  });
}

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** Members by kind of fault; those in `required` must be there. */
const kinds: Readonly<
  Record<string, { readonly required: readonly string[]; readonly members: JsonObject }>
> = {
  status: {
    required: ['status'],
    members: {
      status: { type: 'integer', minimum: 300, maximum: 599 },
      code: text,
      message: text,
      headers: { type: 'object', additionalProperties: text },
    },
  },
  reset: { required: [], members: {} },
  'lost-response': { required: [], members: {} },
  latency: { required: ['milliseconds'], members: { milliseconds: count } },
  'slow-body': { required: ['milliseconds'], members: { milliseconds: count } },
  body: { required: ['body'], members: { body: text, contentType: text } },
  truncate: { required: ['length'], members: { length: count } },
};

const validate = compileSchema({
  type: 'array',
  items: {
    type: 'object',
    required: ['fault'],
    additionalProperties: false,
    properties: {
      method: { enum: ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'] },
      path: text,
      skip: count,
      times: { type: 'integer', minimum: 1 },
      fault: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { enum: Object.keys(kinds) } },
        allOf: Object.entries(kinds).map(([kind, { members, required }]) => ({
          if: { required: ['kind'], properties: { kind: { const: kind } } },
          then: { required, additionalProperties: false, properties: { kind: true, ...members } },
        })),
      },
    },
  },
});
