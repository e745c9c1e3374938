import type { CredentialKind } from '../detection/config.ts';
import type { CloudEndpoints } from './clouds.ts';

/** What to do about errors of Microsoft Entra ID that people meet, by the code in their text. Source: general knowledge. */
const remediesByCode: readonly (readonly [RegExp, string])[] = [
  [/AADSTS90002\b/, 'check tenantId in kustodian.yaml, and the cloud: the tenant is not known there'],
  [/AADSTS700016\b/, 'check AZURE_CLIENT_ID and tenantId: the tenant has no such app registration'],
  [
    /AADSTS7000215\b/,
    'set AZURE_CLIENT_SECRET to the value of a client secret of the app registration, not to its id',
  ],
  [/AADSTS7000222\b/, 'the client secret has expired: make a new one, or federate so that none is needed'],
  [/AADSTS700027\b/, 'upload the certificate to the app registration, and check that it has not expired'],
  [
    /AADSTS70021\d{0,2}\b/,
    'give the app registration a federated credential with just this issuer, subject and audience; of a GitHub environment the subject is repo:OWNER/REPOSITORY:environment:NAME',
  ],
];

/** The remedy of a failed sign-in. */
export function signInRemedy(kind: CredentialKind, cloud: CloudEndpoints, reason: string): string {
  return remediesByCode.find(([code]) => code.test(reason))?.[1] ?? remedyOf(kind, cloud);
}

function remedyOf(kind: CredentialKind, { cliName }: CloudEndpoints): string {
  switch (kind) {
    case 'azure-cli': {
      const first = cliName === 'AzureCloud' ? '' : `"az cloud set --name ${cliName}", then `;
      return `run ${first}"az login" (with --tenant if you belong to several), or name another credential`;
    }
    case 'github-oidc':
      return 'check AZURE_CLIENT_ID and the federated credential of the app registration: issuer, subject, audience';
    case 'workload-identity':
      return 'check AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE and the federated credential of the app registration: issuer, subject, audience';
    case 'managed-identity':
      return 'check that the machine has a managed identity; AZURE_CLIENT_ID picks a user-assigned one';
    case 'client-secret':
      return 'check tenantId, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, and that the secret has not expired';
    case 'client-certificate':
      return 'check AZURE_CLIENT_ID and AZURE_CLIENT_CERTIFICATE_PATH, and that the certificate has not expired';
  }
}
