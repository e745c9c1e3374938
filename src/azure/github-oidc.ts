import { isJsonObject, type JsonValue } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { toTransportError, type SignInTransport } from './sign-in-transport.ts';

export interface GitHubTokenRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whom the token is for. */
  readonly audience: string;
  readonly transport: SignInTransport;
}

const jobHint =
  'run in a job of GitHub Actions with "permissions: id-token: write", or name another credential';

/**
 * Asks GitHub for the token that says which workflow, branch and environment a job runs for
 * (docs.github.com/actions/reference/security/oidc).
 *
 * @throws ToolError `authentication-failed` outside such a job, or if GitHub refuses; `network-failed` if it does not answer
 */
export async function requestGitHubToken({ env, audience, transport }: GitHubTokenRequest): Promise<string> {
  const address = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const secret = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (address === undefined || secret === undefined || address === '' || secret === '') {
    throw new ToolError('authentication-failed', 'GitHub offers this process no token to sign in with', {
      hint: jobHint,
    });
  }
  const url = checkEndpoint(address);
  url.searchParams.set('audience', audience);
  const { createHttpHeaders, createPipelineFromOptions, createPipelineRequest, redirectPolicyName } =
    await import('@azure/core-rest-pipeline');
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
  pipeline.removePolicy({ name: redirectPolicyName });
  const request = createPipelineRequest({
    url: url.href,
    allowInsecureConnection: url.protocol === 'http:',
    headers: createHttpHeaders({ accept: 'application/json', authorization: `Bearer ${secret}` }),
  });
  const response = await pipeline.sendRequest(transport.httpClient, request).catch((error: unknown) => {
    throw toTransportError(transport.lastAnswer()) ?? error;
  });
  const token = response.status === 200 ? readToken(response.bodyAsText) : undefined;
  if (token !== undefined) return token;
  throw new ToolError(
    'authentication-failed',
    `GitHub gave no token for the audience ${audience}: it answered ${response.status}`,
    { hint: jobHint },
  );
}

function readToken(text: string | null | undefined): string | undefined {
  try {
    const body = JSON.parse(text ?? '') as JsonValue;
    const token = isJsonObject(body) ? body['value'] : undefined;
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}
