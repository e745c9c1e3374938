import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import type { LiveResource, ReadKind } from '../sentinel/resource.ts';
import { describeAttempt, type Attempt } from './service-error.ts';
import type { ArmResponse } from './arm-client.ts';

/**
 * A resource as the service returned it.
 *
 * @param fallbackName for answers without a name: saved searches have none in some api-versions
 * @throws ToolError `protocol-error` if it is none
 */
export function toLiveResource(
  kind: ReadKind,
  value: JsonValue,
  attempt: Attempt,
  fallbackName?: string,
): LiveResource {
  const fail = (what: string): never => {
    throw new ToolError('protocol-error', `${describeAttempt(attempt)}: ${what}`);
  };
  if (!isJsonObject(value)) return fail('the answer holds no resource');
  const { id, etag } = value;
  if (typeof id !== 'string') return fail('the answer holds a resource without an id');
  const name = typeof value['name'] === 'string' ? value['name'] : (fallbackName ?? lastSegment(id));
  return { kind, name, id, body: value, ...(typeof etag === 'string' ? { etag } : {}) };
}

/** One page of a list. */
export interface Page {
  readonly items: readonly JsonValue[];
  readonly nextLink?: string;
}

/** @throws ToolError `protocol-error` if the answer is no list: an unreadable list must never look like an empty one */
export function toPage(response: ArmResponse, attempt: Attempt): Page {
  const body = toJsonObject(response, attempt);
  const { value, nextLink } = body;
  if (!isJsonArray(value)) {
    throw new ToolError('protocol-error', `${describeAttempt(attempt)}: the answer has no list "value"`);
  }
  if (nextLink === undefined || nextLink === null || nextLink === '') return { items: value };
  if (typeof nextLink !== 'string') {
    throw new ToolError('protocol-error', `${describeAttempt(attempt)}: "nextLink" is no text`);
  }
  return { items: value, nextLink };
}

/** @throws ToolError `protocol-error` if the answer is no JSON object */
export function toJsonObject(response: ArmResponse, attempt: Attempt): JsonObject {
  let body: JsonValue | undefined;
  try {
    body = JSON.parse(response.text) as JsonValue;
  } catch {
    body = undefined;
  }
  if (isJsonObject(body)) return body;
  const type = response.header('content-type') ?? 'no content type';
  throw new ToolError(
    'protocol-error',
    `${describeAttempt(attempt)}: the answer ${response.status} is no JSON object (${type})`,
    { hint: 'a proxy or a sign-in page may stand between this machine and Azure' },
  );
}

function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
