import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import type { SecurityInsights } from '@azure/arm-securityinsight';
import type { JsonObject } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { checkEndpoint } from './check-endpoint.ts';
import type { Credential } from './credential.ts';
import { codeOf, networkError, networkHint } from './network-error.ts';
import { createRetryPolicy, triesMade, type RetryOptions, type Timer } from './retry-policy.ts';

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
  readonly httpClient?: HttpClient | undefined;
}

export interface ArmRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Path and query below the endpoint, escaped; or an absolute URL of the same origin. */
  readonly url: string;
  readonly body?: JsonObject;
  readonly signal?: AbortSignal | undefined;
}

/** An answer of any status. */
export interface ArmResponse {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
  /** How often the request was sent. */
  readonly tries: number;
}

/** Sends requests through the Azure SDK's pipeline: sign-in, proxy, retry, user agent, client request id. */
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
    async send({ method, url, body, signal }) {
      client ??= connect(options, endpoint);
      const spec: OperationSpec = {
        httpMethod: method,
        path: url,
        serializer: passThrough as Serializer,
        responses: { default: { bodyMapper: anything } },
        ...(body === undefined ? {} : { requestBody }),
      };
      let raw: PipelineResponse | undefined;
      const operation: OperationArguments = {
        body,
        options: {
          requestOptions: { shouldDeserialize: false },
          onResponse: (response) => {
            raw = response;
          },
          ...(signal === undefined ? {} : { abortSignal: signal }),
        },
      };
      try {
        await (await client).sendOperationRequest(operation, spec);
      } catch (error) {
        throw toToolError(error, endpoint, signal);
      }
      if (raw === undefined) throw new ToolError('internal', 'the Azure SDK gave no response');
      const response = raw;
      return {
        status: response.status,
        text: response.bodyAsText ?? '',
        header: (name) => response.headers.get(name),
        tries: triesMade(response.request),
      };
    },
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
  client.pipeline.removePolicy({ name: pipeline.defaultRetryPolicy().name });
  client.pipeline.addPolicy(createRetryPolicy(options.retry, options.timer), { phase: 'Retry' });
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

function toToolError(error: unknown, endpoint: URL, signal: AbortSignal | undefined): ToolError {
  if (error instanceof ToolError) return error;
  if (signal?.aborted === true) return new ToolError('cancelled', 'cancelled before the service answered');
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
  return networkError(endpoint.host, error);
}
