import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { ServiceFailure } from '../sentinel/service-failure.ts';
import { redactSecrets } from './redact-secrets.ts';

/** A response of the service, as far as it matters here. */
export interface FailedResponse {
  readonly status: number;
  readonly text: string;
  /** The `x-ms-client-request-id` that it answers. */
  readonly clientRequestId?: string | undefined;
  header(name: string): string | undefined;
}

/**
 * Reads the error of a response in each form that the service uses: ARM's envelope, ProblemDetails (RFC 7807), the bare
 * `{code, message}` of gateways, and pages that are no JSON.
 */
export function readServiceFailure(response: FailedResponse): ServiceFailure {
  const { clientRequestId } = response;
  const requestId = response.header('x-ms-request-id');
  const correlationId = response.header('x-ms-correlation-request-id') ?? requestId;
  const body = parseJson(response.text);
  const { code, message } = isJsonObject(body) ? readErrorObject(body) : { message: readPage(response.text) };
  return {
    status: response.status,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message: toOneLine(redactSecrets(message)) }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(requestId === undefined || requestId === correlationId ? {} : { requestId }),
    ...(clientRequestId === undefined ? {} : { clientRequestId }),
  };
}

interface ErrorText {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

function readErrorObject(body: JsonObject): ErrorText {
  const error = isJsonObject(body['error']) ? body['error'] : body;
  const code = textOf(error['code']) ?? textOf(body['title']);
  const parts = [
    textOf(error['message']) ?? textOf(body['detail']),
    ...readDetails(error),
    ...readFieldErrors(body),
  ]
    .filter((part) => part !== undefined)
    .map(unwrapMessage);
  return { code, message: parts.length === 0 ? undefined : [...new Set(parts)].join('; ') };
}

function readDetails(error: JsonObject): readonly (string | undefined)[] {
  const details = error['details'];
  if (!isJsonArray(details)) return [];
  return details.filter(isJsonObject).map((detail) => textOf(detail['message']));
}

/** The `errors` of ProblemDetails: messages by field. */
function readFieldErrors(body: JsonObject): readonly string[] {
  const { errors } = body;
  if (!isJsonObject(errors)) return [];
  return Object.entries(errors).flatMap(([field, messages]) =>
    (isJsonArray(messages) ? messages : [messages])
      .filter((text) => typeof text === 'string')
      .map((text) => `${field}: ${text}`),
  );
}

/**
 * The service puts whole JSON documents into messages: an error of another service as it came, or the error of a query
 * behind `; Message: `. Gives the innermost text with its code, which for a query is the KQL error that a person can act on.
 */
function unwrapMessage(message: string): string {
  const start = message.indexOf('{');
  if (start === -1) return message;
  const nested = parseJson(message.slice(start));
  if (!isJsonObject(nested)) return message;
  const inner = innermostError(isJsonObject(nested['error']) ? nested['error'] : nested);
  if (inner.message === undefined) return message;
  const text = unwrapMessage(inner.message);
  const label = message.slice(0, start).replace(/(; *Message)?: *$/, '');
  // Of a document that is the whole message, the code only repeats the one around it.
  if (label === '') return text;
  return inner.code === undefined ? `${label}: ${text}` : `${label}: ${inner.code}: ${text}`;
}

function innermostError(error: JsonObject): ErrorText {
  const inner = error['innererror'];
  if (isJsonObject(inner)) {
    const deeper = innermostError(inner);
    if (deeper.message !== undefined) return deeper;
  }
  return { code: textOf(error['code']), message: textOf(error['message']) };
}

/** A page of a proxy or gateway, without its markup. */
function readPage(text: string): string | undefined {
  const plain = text
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .trim();
  return plain === '' ? undefined : plain;
}

const longestMessage = 1_500;

function toOneLine(text: string): string {
  const line = text
    // Control characters of a response must not reach a terminal.
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\.+$/, '');
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
