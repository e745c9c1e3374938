import { ToolError } from '../core/tool-error.ts';
import { credentialKinds, type CredentialKind, type Environment } from '../detection/config.ts';
import type { Host } from './host.ts';

/**
 * How to sign in to an environment: as the command line says, else as kustodian.yaml says, else as whom the Azure CLI is
 * signed in, for people. In CI that would be whoever happens to be at hand, so nothing is chosen there.
 *
 * @throws ToolError `authentication-failed` in CI if nobody said how
 */
export function chooseCredential(
  fromCommandLine: CredentialKind | undefined,
  { name, credential }: Environment,
  env: Host['env'],
): CredentialKind {
  const chosen = fromCommandLine ?? credential;
  if (chosen !== undefined) return chosen;
  if (!isCi(env)) return 'azure-cli';
  throw new ToolError(
    'authentication-failed',
    `environment "${name}" does not say how to sign in, and in CI it must be said`,
    {
      hint:
        `set its "credential" in kustodian.yaml, or give --credential: one of ${credentialKinds.join(', ')}; ` +
        'after the action azure/login it is azure-cli',
    },
  );
}

/** True where no person is at hand: GitHub, GitLab and most others set CI, Azure DevOps sets TF_BUILD. */
function isCi(env: Host['env']): boolean {
  const value = env['CI'] ?? env['TF_BUILD'] ?? '';
  return value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}
