import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { SecurityInsights } from '@azure/arm-securityinsight';
import type { JsonObject } from '../core/json.ts';
import { isLoopback } from '../core/loopback.ts';
import { ToolError } from '../core/tool-error.ts';
import { unsent, type LostRequest } from '../sentinel/service-failure.ts';
import type { OperationClass } from '../sentinel/traffic.ts';
import { checkEndpoint } from './check-endpoint.ts';
import type { Credential } from './credential.ts';
import { codeOf, networkError, networkHint } from './network-error.ts';
import { remainingRequests } from './remaining-requests.ts';
import type { RequestGovernor } from './request-governor.ts';
import { sendWithRetries, type RetryOptions } from './send-with-retries.ts';
import type { Timer } from './timer.ts';
import type { TrafficMeter } from './traffic-meter.ts';

export interface ArmClientOptions {
  readonly subscriptionId: string;
  /** Origin of Azure Resource Manager, or of an emulator; plain http on the loopback only. */
  readonly endpoint: string;
  readonly scope: string;
  readonly credential: Credential;
  /** Version of Kustodian, for the user agent. */
  readonly version: string;
  readonly retry: RetryOptions;
  readonly timer: Timer;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Decides when a request may go out. */
  readonly governor: RequestGovernor;
  readonly meter: TrafficMeter;
  /** Once aborted, no request waits any more for its turn or its repetition; those under way get their answer. */
  readonly stopWaiting?: AbortSignal | undefined;
  readonly httpClient?: HttpClient | undefined;
}

type Method = 'GET' | 'PUT' | 'DELETE';

/** What a request counts as. */
const operationOf = { GET: 'reads', PUT: 'writes', DELETE: 'deletes' } as const satisfies Record<
  Method,
  OperationClass
>;

export interface ArmRequest {
  readonly method: Method;
  /** Path and query below the endpoint, escaped; or an absolute URL of the same origin. */
  readonly url: string;
  readonly body?: JsonObject;
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked before the request is repeated after a try that the service may have carried out, and after the last one. What it
   * gives stands for the answer; a ToolError `service-conflict` says that it must not be repeated.
   */
  readonly settle?: (() => Promise<ArmResponse | undefined>) | undefined;
}

/** An answer of any status. */
export interface ArmResponse {
  readonly status: number;
  readonly text: string;
  /** The `x-ms-client-request-id` that it answers. */
  readonly clientRequestId?: string | undefined;
  header(name: string): string | undefined;
}

/** Sends requests through the Azure SDK's pipeline (sign-in, proxy, user agent, client request id), paced and repeated. */
export interface ArmClient {
  /** @throws ToolError `network-failed`, `cancelled`, `authentication-failed` or `protocol-error`, never for a status */
  send(request: ArmRequest): Promise<ArmResponse>;
}

type SendOperationRequest = SecurityInsights['sendOperationRequest'];
type OperationArguments = Parameters<SendOperationRequest>[0];
type OperationSpec = Parameters<SendOperationRequest>[1];

type Serializer = OperationSpec['serializer'];

/** Bodies pass as they are: the SDK's own mappers drop every property that they do not know. */
const passThrough: Pick<Serializer, 'modelMappers' | 'isXML' | 'serialize' | 'deserialize'> = {
  modelMappers: {},
  isXML: false,
  serialize: (_mapper, value: unknown) => value,
  deserialize: (_mapper, value: unknown) => value,
};
const anything = { type: { name: 'any' } } as const;
const requestBody = { parameterPath: 'body', mapper: anything };

/** A client that loads the SDK at its first request, since that takes longer than `kustodian --help` may. */
export function createArmClient(options: ArmClientOptions): ArmClient {
  const endpoint = checkEndpoint(options.endpoint);
  let client: Promise<SecurityInsights> | undefined;
  return {
    async send({ method, url, body, signal, settle }) {
      const operation = operationOf[method];
      const { governor, meter, random, stopWaiting, timer } = options;
      const hold = (): (() => void) => meter.hold(operation);
      const spec: OperationSpec = {
        httpMethod: method,
        path: url,
        serializer: passThrough as Serializer,
        responses: { default: { bodyMapper: anything } },
        ...(body === undefined ? {} : { requestBody }),
      };
      try {
        return await sendWithRetries<ArmResponse>(
          {
            send: async (trySignal) => {
              client ??= connect(options, endpoint);
              return await sendOnce(await client, spec, body, trySignal);
            },
            enter: (waiting) => governor.enter(operation, { signal: waiting, hold }),
            remaining: (response) => remainingRequests(operation, response),
            settle,
            meter: {
              sent: (isRepetition) => {
                meter.sent(method, operation, isRepetition);
              },
              throttled: () => {
                meter.throttled(operation);
              },
              hold,
            },
          },
          options.retry,
          { timer, random, signal, stopWaiting },
        );
      } catch (error) {
        throw toToolError(error, endpoint, signal);
      }
    },
  };
}

async function sendOnce(
  client: SecurityInsights,
  spec: OperationSpec,
  body: JsonObject | undefined,
  signal: AbortSignal,
): Promise<ArmResponse> {
  let raw: PipelineResponse | undefined;
  const operation: OperationArguments = {
    body,
    options: {
      requestOptions: { shouldDeserialize: false },
      onResponse: (response) => {
        raw = response;
      },
      abortSignal: signal,
    },
  };
  await client.sendOperationRequest(operation, spec);
  if (raw === undefined) throw new ToolError('internal', 'the Azure SDK gave no response');
  const response = raw;
  return {
    status: response.status,
    text: response.bodyAsText ?? '',
    clientRequestId: response.request.headers.get(clientRequestHeader),
    header: (name) => response.headers.get(name),
  };
}

async function connect(options: ArmClientOptions, endpoint: URL): Promise<SecurityInsights> {
  const [{ SecurityInsights }, pipeline] = await Promise.all([
    import('@azure/arm-securityinsight'),
    import('@azure/core-rest-pipeline'),
  ]);
  const insecure = endpoint.protocol === 'http:';
  // Without an apiVersion option: with it, the client rewrites the api-version of every request to that one.
  const client = new SecurityInsights(options.credential, options.subscriptionId, {
    endpoint: endpoint.origin,
    credentialScopes: options.scope,
    userAgentOptions: { userAgentPrefix: `kustodian/${options.version}` },
    allowInsecureConnection: insecure,
    ...(options.httpClient === undefined ? {} : { httpClient: options.httpClient }),
  });
  // Repetitions are ours: the SDK's own policy knows no governor, and does not look before it repeats.
  client.pipeline.removePolicy({ name: pipeline.defaultRetryPolicy().name });
  // A redirect would carry the request, body and all, to a place that nobody configured.
  client.pipeline.removePolicy({ name: pipeline.redirectPolicyName });
  if (insecure) {
    // The SDK's own policy refuses to send a token over http, even to the loopback.
    client.pipeline.removePolicy({ name: pipeline.bearerTokenAuthenticationPolicyName });
    client.pipeline.addPolicy({
      name: 'loopbackAuthenticationPolicy',
      async sendRequest(request, next) {
        const token = await options.credential.getToken(options.scope);
        if (token !== null) request.headers.set('Authorization', `Bearer ${token.token}`);
        return await next(request);
      },
    });
  }
  return client;
}

/** The SDK's pipeline sets it; Azure logs it. */
const clientRequestHeader = 'x-ms-client-request-id';

/** The name of the request behind an error of the SDK. */
function lostRequestOf(error: Error): LostRequest | undefined {
  if (!('request' in error) || typeof error.request !== 'object' || error.request === null) return undefined;
  const { headers } = error.request as Partial<PipelineRequest>;
  const clientRequestId = headers?.get(clientRequestHeader);
  return clientRequestId === undefined ? undefined : { clientRequestId };
}

/** What an aborted wait rejects with is no Error in every realm. */
function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

function toToolError(error: unknown, endpoint: URL, signal: AbortSignal | undefined): ToolError {
  if (error instanceof ToolError) return error;
  if (signal?.aborted === true) return new ToolError('cancelled', 'cancelled before the service answered');
  if (isAbort(error)) {
    const hint = 'run again to go on: what was done stays done';
    return new ToolError('cancelled', 'cancelled before it was sent', { hint, cause: unsent });
  }
  if (!(error instanceof Error)) return new ToolError('internal', String(error));
  if (codeOf(error) === 'PARSE_ERROR') {
    const status =
      'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
    return status === undefined
      ? new ToolError('network-failed', `the answer of ${endpoint.host} broke off`, { hint: networkHint })
      : new ToolError(
          'protocol-error',
          `${endpoint.host} answered ${status} with JSON that is damaged or cut short`,
        );
  }
  return networkError(endpoint.host, error, {
    isOwn: isLoopback(endpoint.hostname),
    cause: lostRequestOf(error),
  });
}
