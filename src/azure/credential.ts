import { isJsonObject } from '../core/json.ts';
import { toMissingPackage } from '../core/missing-package.ts';
import { ToolError } from '../core/tool-error.ts';
import type { CredentialKind } from '../detection/config.ts';
import type { CloudEndpoints } from './clouds.ts';
import { requestGitHubToken } from './github-oidc.ts';
import { redactSecrets, secretsOf } from './redact-secrets.ts';
import { redactSdkLogs } from './redact-sdk-logs.ts';
import { createSdkCredential } from './sdk-credential.ts';
import { signInRemedy } from './sign-in-remedy.ts';
import {
  createSignInTransport,
  toTransportError,
  type SignInAnswer,
  type SignInTransportOptions,
} from './sign-in-transport.ts';

/** Gives access tokens. The shape of the Azure SDK's `TokenCredential`, as far as it is used here. */
export interface Credential {
  /** Who signs in, where and for what: `"azure-cli" of tenant T for SCOPE`. Absent where nobody does. */
  readonly description?: string;
  getToken(
    scopes: string | string[],
    options?: { readonly abortSignal?: AbortSignal },
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

export interface CredentialOptions extends SignInTransportOptions {
  readonly cloud: CloudEndpoints;
  /** AZURE_TENANT_ID if not given. */
  readonly tenantId?: string | undefined;
  /** Where secrets and file names come from: AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, … */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * A credential of the given kind. Nothing is read or sent before the first token is asked for, and the library that
 * signs in is loaded then.
 *
 * @throws ToolError (from `getToken`) that says what was tried and what to do: `authentication-failed`, or `network-failed`
 *   if there was no answer
 */
export function createCredential(kind: CredentialKind, options: CredentialOptions): Credential {
  const { cloud, env } = options;
  const tenantId = options.tenantId ?? env['AZURE_TENANT_ID'];
  const description = `"${kind}"${tenantId === undefined ? '' : ` of tenant ${tenantId}`} for ${cloud.scope}`;
  const transport = createSignInTransport(options);
  const gitHubToken = (): Promise<string> =>
    requestGitHubToken({ env, audience: cloud.tokenExchangeAudience, transport });
  // The library asks more than once for it, and passes on no more than the message of its failure.
  let asked: Promise<string> | undefined;
  let refusal: ToolError | undefined;
  const getGitHubToken = async (): Promise<string> => {
    try {
      return await (asked ??= gitHubToken());
    } catch (error) {
      if (error instanceof ToolError) refusal = error;
      throw error;
    }
  };
  const toError = (error: unknown): ToolError => {
    if (error instanceof ToolError) return error;
    if (refusal !== undefined) return refusal;
    const missing = toMissingPackage(error);
    if (missing !== undefined) return missing;
    const answer = transport.lastAnswer();
    // A machine without a managed identity has nobody to ask: that is no failure of the network.
    const transportError = kind === 'managed-identity' ? undefined : toTransportError(answer);
    if (transportError !== undefined) return transportError;
    const reason = toOneLine(redactSecrets(describedBy(answer) ?? messageOf(error), secretsOf(env)));
    return new ToolError('authentication-failed', `cannot sign in with ${description}: ${reason}`, {
      hint: signInRemedy(kind, cloud, reason),
    });
  };

  let credential: Promise<Credential> | undefined;
  return {
    description,
    async getToken(scopes, tokenOptions = {}) {
      try {
        await redactSdkLogs(secretsOf(env));
        asked = refusal = undefined;
        credential ??= createSdkCredential(kind, { cloud, tenantId, env, getGitHubToken, transport });
        return await untilAborted(
          (await credential).getToken(scopes, tokenOptions),
          tokenOptions.abortSignal,
        );
      } catch (error) {
        if (error instanceof Error && error.name === 'AbortError') throw error;
        throw toError(error);
      }
    },
  };
}

/** A credential that is one fixed token: for the emulator, which takes any. */
export function createStaticCredential(token: string): Credential {
  return { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
}

/** The words of Microsoft Entra ID, if it refused: `AADSTS700016: …`. */
function describedBy(answer: SignInAnswer | undefined): string | undefined {
  const body = answer?.type === 'answer' ? answer.body : undefined;
  const description = isJsonObject(body) ? body['error_description'] : undefined;
  return typeof description === 'string' ? description : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function toOneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\.+$/, '');
}

/** The SDK does not stop a sign-in; nobody waits for its end then. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  return await new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      reject(Object.assign(new Error('the sign-in was aborted'), { name: 'AbortError' }));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
