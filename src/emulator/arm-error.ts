import type { JsonObject } from '../core/json.ts';
import type { Reply } from './operation.ts';

/** The error envelope of Azure Resource Manager. */
export function armError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, body: { error: { code, message } }, headers };
}

/** What the metadata resource answers instead of an ARM error when there is none of a name. */
export function problemNotFound(traceGuid: string): Reply {
  const hex = traceGuid.replaceAll('-', '');
  const body: JsonObject = {
    type: 'https://tools.ietf.org/html/rfc7231#section-6.5.4',
    title: 'Not Found',
    status: 404,
    traceId: `00-${hex}-${hex.slice(0, 16)}-00`,
  };
  return { status: 404, body };
}

/** Ends an operation with an answer that is an error. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with status ${reply.status}`);
    this.reply = reply;
  }
}

/** Refuses what was sent, in the words of the service. */
export function refuse(status: number, code: string, message: string): never {
  throw new Refusal(armError(status, code, message));
}

/** Refuses a body: 400 BadRequest, as the SecurityInsights provider does. */
export function badRequest(message: string): never {
  return refuse(400, 'BadRequest', message);
}
