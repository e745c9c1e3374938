import { compileSchema } from '../../core/json-schema.ts';
import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, type JsonValue } from '../../core/json.ts';
import { ToolError } from '../../core/tool-error.ts';

/** One request to the real service and its answer, as somebody recorded or reported it. */
export interface Exchange {
  /** File that it was taken from; exchanges of one file follow each other. */
  readonly source: string;
  /** `recorded…` or `reported…`. */
  readonly evidence: string;
  readonly api_version: string | null;
  readonly method: string;
  /** With placeholders for names: `/subscriptions/{sub}/…`. */
  readonly path: string;
  readonly request_body: JsonValue;
  readonly status: number;
  readonly response_headers: Readonly<Record<string, string>>;
  readonly response_body: JsonValue;
}

/** @throws ToolError `content-invalid` if the text is no list of exchanges */
export function readExchanges(text: string): readonly Exchange[] {
  let data: JsonValue;
  try {
    data = JSON.parse(text) as JsonValue;
  } catch {
    throw new ToolError('content-invalid', 'the recorded exchanges are not JSON');
  }
  const [violation] = validate(data);
  if (violation === undefined) return data as unknown as readonly Exchange[];
  throw new ToolError(
    'content-invalid',
    `the recorded exchanges are damaged: "${violation.pointer}" ${violation.message}`,
  );
}

const validate = compileSchema({
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: [
      'source',
      'evidence',
      'api_version',
      'method',
      'path',
      'request_body',
      'status',
      'response_headers',
      'response_body',
    ],
    properties: {
      source: { type: 'string' },
      evidence: { type: 'string' },
      api_version: { type: ['string', 'null'] },
      method: { enum: ['GET', 'PUT', 'PATCH', 'DELETE'] },
      path: { type: 'string', pattern: '^/subscriptions/' },
      status: { type: 'integer' },
      response_headers: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
});

/**
 * Why an exchange cannot be replayed: the same request was recorded again years later, with an answer of other members.
 * The service has changed between the two, and an emulator can only answer as one of them.
 */
export function supersededBy(exchange: Exchange, all: readonly Exchange[]): Exchange | undefined {
  return all.find(
    (other) =>
      isSameRequest(other, exchange) &&
      newestTime(other) > newestTime(exchange) &&
      !jsonEquals(membersOf(other.response_body), membersOf(exchange.response_body)),
  );
}

function isSameRequest(a: Exchange, b: Exchange): boolean {
  return (
    a.method === 'PUT' &&
    a.method === b.method &&
    a.path === b.path &&
    a.api_version === b.api_version &&
    a.status === b.status &&
    jsonEquals(a.request_body, b.request_body)
  );
}

function newestTime({ response_body }: Exchange): string {
  const times = JSON.stringify(response_body).match(/\d{4}-\d\d-\d\dT\d\d/g) ?? [];
  return times.sort().at(-1) ?? '';
}

/** The names of the members, not their order or values. */
function membersOf(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(membersOf);
  if (!isJsonObject(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, membersOf(member ?? null)]));
}

/** The resources in an answer: the items of a list, or the one. */
export function resourcesIn({ response_body: body }: Exchange): readonly JsonObject[] {
  if (!isJsonObject(body)) return [];
  const list = body['value'];
  if (isJsonArray(list)) return list.filter(isJsonObject);
  return typeof body['id'] === 'string' ? [body] : [];
}
