import type { Command } from 'commander';
import { ToolError } from '../../core/tool-error.ts';
import type { Environment } from '../../detection/config.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import type { ServerCertificates } from '../../emulator/certificates.ts';
import { startServer } from '../../emulator/server.ts';
import { readEmulatorBehaviour } from '../emulator-behaviour.ts';
import type { Host } from '../host.ts';
import { lockState, openEmulator, stateFileOf } from '../open-store.ts';
import { addEmulatorOptions } from '../emulator-options.ts';
import { flagOption, numberOption, textOption } from '../options.ts';
import { openProject, type Project } from '../project.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Where the authority that a client of the https server must trust is written. */
const authorityFile = '.kustodian/emulator-ca.pem';

const help = `
Serves the workspace of an environment with "cloud: local" on this machine only, until Ctrl-C, and prints its URL. It
answers as Azure Resource Manager was recorded to; docs/emulator-behaviours.md says how sure each behaviour is. The state
is the one that "kustodian deploy" works on; while it is served, a deploy to the environment in another process is refused, unless
the environment has its URL as "endpoint": then the deploy goes there, over HTTP.

Other clients: with --https and --token any, the server is a whole cloud for an Azure SDK or the Azure CLI. Point the
Resource Manager endpoint and the authority host at the printed URL, trust ${authorityFile}, and sign in with any
secret. docs/emulator.md shows it for several clients.

Examples:
  kustodian emulator --port 8080
  kustodian emulator --https --token any --log
  kustodian emulator --role plan                       what a reader meets; try doctor and deploy
  kustodian emulator --deny "*/alertRules/delete"
  kustodian emulator --throttle --latency 20 --faults faults.json
  NODE_EXTRA_CA_CERTS=${authorityFile} AZURE_AUTHORITY_HOST=https://localhost:8443 node your-client.js
  curl -s "http://127.0.0.1:8080/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/\\
Microsoft.OperationalInsights/workspaces/local/providers/Microsoft.SecurityInsights/alertRules?api-version=2025-09-01"`;

/** `kustodian emulator` */
export const emulator: Verb = {
  configure(command: Command) {
    command.option('-e, --env <name>', 'environment of kustodian.yaml with cloud "local"', 'local');
    command.option(
      '-p, --port <number>',
      'port to listen on (default: that of the endpoint of the environment, or any free one)',
    );
    command.option('--https', `serve https; the authority to trust is written to ${authorityFile}`);
    addEmulatorOptions(command);
    command.addHelpText('after', help);
  },

  async run(host, _args, options) {
    const port = numberOption(options, 'port', { from: 0, to: 65_535 });
    const project = await openProject(host);
    const environment = findEnvironment(project.config, textOption(options, 'env') ?? 'local');
    checkIsLocal(environment);
    const behaviour = await readEmulatorBehaviour(host, options);
    await lockState(host, project, environment);
    const { handle, persist } = await openEmulator(host, project, environment, behaviour);
    await persist();

    const tls = flagOption(options, 'https') ? await createTls(host, project) : undefined;
    const server = await startServer({
      handle,
      port: port ?? portOf(environment),
      ...(tls === undefined ? {} : { tls }),
      onFailure: (error) => {
        host.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
      },
    });
    host.stdout.write(`${server.url}\n`);
    host.stderr.write(`serving ${stateFileOf(environment)}; press Ctrl-C to stop\n`);
    await untilAborted(host);
    await server.stop();
    return exitCodes.clean;
  },
};

/** The port of the environment's own endpoint, so that it is found there; any free one without. */
function portOf({ endpoint }: Environment): number {
  return endpoint === undefined ? 0 : Number(new URL(endpoint).port);
}

/** The library that makes certificates is loaded only where one is wanted. */
async function createTls(host: Host, { fs }: Project): Promise<ServerCertificates> {
  const { createServerCertificates } = await import('../../emulator/certificates.ts');
  const tls = await createServerCertificates({ hosts: ['localhost', '127.0.0.1'], now: host.now() });
  await fs.writeFileAtomic(authorityFile, tls.ca);
  return tls;
}

function checkIsLocal({ name, cloud }: Environment): void {
  if (cloud === 'local') return;
  throw new ToolError('usage', `the environment "${name}" is a workspace in Azure`, {
    hint: 'only an environment with "cloud: local" is embedded',
  });
}

async function untilAborted({ signal }: Host): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
