import { ToolError } from '../core/tool-error.ts';
import type { CredentialKind } from '../detection/config.ts';
import type { CloudEndpoints } from './clouds.ts';
import type { Credential } from './credential.ts';
import type { SignInTransport } from './sign-in-transport.ts';

export interface SdkCredentialOptions {
  readonly cloud: CloudEndpoints;
  readonly tenantId: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transport: SignInTransport;
  /** The token of a GitHub Actions job, to be exchanged. */
  readonly getGitHubToken: () => Promise<string>;
}

/** An `az` that waits for something would do so until the run is cancelled. */
const cliTimeoutMs = 45_000;

/**
 * The credential of the Azure SDK for a kind. All that it needs is given to it, so that it looks for nothing itself.
 *
 * @throws ToolError `authentication-failed` that names a setting which the kind needs and the environment lacks
 */
export async function createSdkCredential(
  kind: CredentialKind,
  { cloud, tenantId, env, transport, getGitHubToken }: SdkCredentialOptions,
): Promise<Credential> {
  const identity = await import('@azure/identity');
  const need = (name: string, value = env[name]): string => {
    if (value === undefined || value === '') throw missingSetting(kind, name);
    return value;
  };
  const tenant = (): string => need('AZURE_TENANT_ID', tenantId);
  const client = (): string => need('AZURE_CLIENT_ID');
  // The transport repeats requests itself.
  const sending = { httpClient: transport.httpClient, retryOptions: { maxRetries: 0 } };
  const options = { ...sending, authorityHost: cloud.authority };

  switch (kind) {
    case 'azure-cli':
      return new identity.AzureCliCredential({
        processTimeoutInMs: cliTimeoutMs,
        ...(tenantId === undefined ? {} : { tenantId }),
      });
    case 'github-oidc':
      return new identity.ClientAssertionCredential(tenant(), client(), getGitHubToken, options);
    case 'workload-identity':
      return new identity.WorkloadIdentityCredential({
        tenantId: tenant(),
        clientId: client(),
        tokenFilePath: need('AZURE_FEDERATED_TOKEN_FILE'),
        ...options,
      });
    case 'managed-identity': {
      const clientId = env['AZURE_CLIENT_ID'];
      return new identity.ManagedIdentityCredential({
        ...sending,
        ...(clientId === undefined || clientId === '' ? {} : { clientId }),
      });
    }
    case 'client-secret':
      return new identity.ClientSecretCredential(tenant(), client(), need('AZURE_CLIENT_SECRET'), options);
    case 'client-certificate': {
      const certificatePassword = env['AZURE_CLIENT_CERTIFICATE_PASSWORD'];
      const certificate = {
        certificatePath: need('AZURE_CLIENT_CERTIFICATE_PATH'),
        ...(certificatePassword === undefined ? {} : { certificatePassword }),
      };
      return new identity.ClientCertificateCredential(tenant(), client(), certificate, options);
    }
  }
}

function missingSetting(kind: CredentialKind, name: string): ToolError {
  const remedy =
    name === 'AZURE_TENANT_ID'
      ? 'set tenantId in kustodian.yaml, or AZURE_TENANT_ID in the environment'
      : `set ${name} in the environment`;
  return new ToolError('authentication-failed', `the credential "${kind}" needs ${name}, which is not set`, {
    hint: `${remedy}, or name another credential`,
  });
}
