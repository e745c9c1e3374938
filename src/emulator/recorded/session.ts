import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { createEmulator, type Emulator } from '../emulator.ts';
import type { EmulatorResponse } from '../http.ts';
import type { EmulatorSettings } from '../settings.ts';
import type { Principal } from '../state.ts';
import { resourcesIn, type Exchange } from './exchange.ts';
import { placeholdersOf } from './placeholders.ts';

/** The exchanges of one source and the emulator that they are replayed against. */
export interface Session {
  readonly exchanges: readonly Exchange[];
  readonly emulator: Emulator;
  /** What the placeholders stand for, as far as the exchanges tell, or an answer of the emulator did. */
  readonly names: Map<string, string>;
}

const origin = 'https://management.azure.com';
const anyVersion = '2021-09-01-preview';

/** An emulator with the workspace, the writer and the settings that the exchanges of a source take for granted. */
export function createSession(exchanges: readonly Exchange[]): Session {
  const names = new Map<string, string>();
  for (const [name, value] of exchanges.flatMap((exchange) => [...placeholdersOf(exchange)])) {
    if (!names.has(name)) names.set(name, value);
  }
  let guids = 0;
  const emulator = createEmulator({
    now: () => new Date('2026-03-25T07:45:17.671Z'),
    newGuid: () => `00000000-0000-4000-8000-${(++guids).toString(16).padStart(12, '0')}`,
    workspaces: [
      {
        subscriptionId: names.get('sub') ?? 'anything',
        resourceGroup: names.get('rg') ?? 'anything',
        workspace: names.get('ws') ?? 'anything',
      },
    ],
    settings: settingsOf(exchanges),
    principal: principalOf(exchanges),
  });
  return { exchanges, emulator, names };
}

/** Sends a request to the emulator of a session. The id of a long-running operation is remembered as `{guid}`. */
export async function send(
  { emulator, names }: Session,
  method: string,
  url: string,
  apiVersion: string | null,
  body?: JsonObject,
): Promise<EmulatorResponse> {
  const response = await emulator.handle({
    method,
    url: `${origin}${url}?api-version=${apiVersion ?? anyVersion}`,
    headers: {},
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const operation = response.headers['azure-asyncoperation'];
  if (operation !== undefined) names.set('guid', new URL(operation).pathname.split('/').at(-1) ?? '');
  return response;
}

/** Reported errors come from a service that looked at the query or at etags. */
function settingsOf(exchanges: readonly Exchange[]): Partial<EmulatorSettings> {
  const errors = exchanges.map(({ response_body }) => JSON.stringify(response_body)).join('\n');
  const tables = exchanges
    .filter(({ path }) => path.endsWith('/tables'))
    .flatMap(resourcesIn)
    .map(({ name }) => ({ name: textOf(name), columns: [] }));
  const findings = errors.includes('One of the tables does not exist')
    ? { missingTable: true }
    : errors.includes('FailedToResolveScalarExpression')
      ? { error: { code: 'SEM0100', message: 'a column does not exist' } }
      : {};
  return {
    tables,
    missingEtag: errors.includes('Etag does not match') ? 'refuse' : 'accept',
    inspectQuery: () => Promise.resolve(findings),
  };
}

const zeroGuid = '00000000-0000-0000-0000-000000000000';

function principalOf(exchanges: readonly Exchange[]): Principal {
  for (const { systemData, properties } of exchanges.flatMap(resourcesIn)) {
    if (!isJsonObject(systemData)) continue;
    const author = isJsonObject(properties) ? properties['createdBy'] : undefined;
    return {
      name: textOf(systemData['createdBy']),
      type: systemData['createdByType'] === 'User' ? 'User' : 'Application',
      objectId: isJsonObject(author) ? textOf(author['objectId']) : zeroGuid,
      tenantId: zeroGuid,
    };
  }
  return { name: zeroGuid, type: 'Application', objectId: zeroGuid, tenantId: zeroGuid };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
