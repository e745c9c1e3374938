import { randomUUID } from 'node:crypto';
import { createContentStore } from '../azure/content-store.ts';
import { cloudEndpoints } from '../azure/clouds.ts';
import { createCredential, createStaticCredential } from '../azure/credential.ts';
import type { WorkspaceClientOptions } from '../azure/workspace-client.ts';
import { createInProcessHttpClient } from '../azure/in-process-http-client.ts';
import { createRequestGovernor, type RequestGovernor } from '../azure/request-governor.ts';
import { systemTimer } from '../azure/timer.ts';
import { targetName, type CredentialKind, type Environment } from '../detection/config.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator/emulator.ts';
import { openStateFile } from '../emulator/state-file.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { chooseCredential } from './choose-credential.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';
import { version } from './version.ts';

/** Where the state of an embedded workspace is kept, below the root of the project. */
export function stateFileOf(environment: Environment): string {
  return `.kustodian/${targetName(environment).replace('/', '.')}.json`;
}

/**
 * Opens the workspace of an environment: over Azure Resource Manager, embedded in this process, or served by another one on this
 * machine. All speak through the Azure SDK's pipeline. Nothing is sent yet.
 *
 * @param forWriting true if changes may follow: an embedded workspace then proves that its state can be kept
 * @throws ToolError `state-damaged`, `state-unwritable` or `state-in-use` for an embedded workspace, `authentication-failed` for one in
 *   Azure if nobody said how to sign in
 */
export async function openStore(
  host: Host,
  project: Project,
  environment: Environment,
  access: StoreAccess,
): Promise<ContentStore> {
  return createContentStore(await connect(host, project, environment, access));
}

/** How a workspace is gone to. */
export interface StoreAccess {
  readonly credential: CredentialKind | undefined;
  readonly forWriting: boolean;
}

/** What a client of the workspace needs, the sign-in or the embedded workspace included; as `openStore`. */
export async function connect(
  host: Host,
  project: Project,
  environment: Environment,
  { credential, forWriting }: StoreAccess,
): Promise<WorkspaceClientOptions> {
  const { cloud, apiVersion, endpoint, subscriptionId, resourceGroup, workspace, tenantId } = environment;
  const target = {
    cloud,
    apiVersion,
    version,
    address: { subscriptionId, resourceGroup, workspace },
    governor: governorOf(host, environment),
    stopWaiting: host.signal,
  };
  if (cloud !== 'local') {
    const kind = chooseCredential(credential, environment, host.env);
    const signIn = createCredential(kind, { cloud: cloudEndpoints[cloud], tenantId, env: host.env });
    return { ...target, credential: signIn };
  }
  if (endpoint !== undefined) {
    host.stderr.write(
      `note: ${targetName(environment)} is the workspace that is served at ${endpoint} for trying out, not one in Azure\n`,
    );
    return { ...target, endpoint, credential: createStaticCredential('local') };
  }
  if (forWriting) await lockState(host, project, environment);
  const emulator = await openEmulator(host, project, environment);
  if (forWriting) await emulator.persist();
  return {
    ...target,
    credential: createStaticCredential('local'),
    httpClient: createInProcessHttpClient(emulator.handle),
  };
}

const governors = new WeakMap<Host, Map<string, RequestGovernor>>();

/** The workspaces of a subscription share what Azure Resource Manager lets through, so they share a governor. */
function governorOf(host: Host, environment: Environment): RequestGovernor {
  const { cloud, subscriptionId } = environment;
  const own = governors.get(host) ?? new Map<string, RequestGovernor>();
  governors.set(host, own);
  const key =
    cloud === 'local' ? `local ${targetName(environment)}` : `${cloud} ${subscriptionId.toLowerCase()}`;
  const governor = own.get(key) ?? createRequestGovernor(systemTimer);
  own.set(key, governor);
  return governor;
}

/**
 * Keeps other processes from writing to an embedded workspace until this one ends: each holds the state in memory, so that the
 * last to write would undo what the other did.
 *
 * @throws ToolError `state-in-use` if another process writes to it, or serves it
 */
export async function lockState(host: Host, { root }: Project, environment: Environment): Promise<void> {
  await host.locks.take(`${root}/${stateFileOf(environment)}`);
}

/** The embedded workspace of an environment, with its state as last kept; by default as `deploy` sees it. */
export async function openEmulator(
  host: Host,
  project: Project,
  environment: Environment,
  behaviour: Pick<EmulatorOptions, 'middleware' | 'settings'> = {},
): Promise<Emulator> {
  const { subscriptionId, resourceGroup, workspace } = environment;
  const { state, save } = await openStateFile(project.fs, stateFileOf(environment));
  return createEmulator({
    now: () => host.now(),
    newGuid: randomUUID,
    workspaces: [{ subscriptionId, resourceGroup, workspace }],
    save,
    ...behaviour,
    ...(state === undefined ? {} : { state }),
  });
}
