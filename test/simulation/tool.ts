import { createContentStore } from '../../src/azure/content-store.ts';
import { createStaticCredential } from '../../src/azure/credential.ts';
import { createInProcessHttpClient } from '../../src/azure/in-process-http-client.ts';
import { createFileLocks } from '../../src/cli/file-locks.ts';
import type { DesiredState } from '../../src/cli/desired-state.ts';
import type { Host } from '../../src/cli/host.ts';
import type { Project } from '../../src/cli/project.ts';
import { readPlan, type ReadPlan } from '../../src/cli/read-plan.ts';
import { loadSnapshot, saveSnapshot } from '../../src/cli/snapshots.ts';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import type { Environment } from '../../src/detection/config.ts';
import { findEnvironment, loadConfig } from '../../src/detection/load-config.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import { findOutdated } from '../../src/plan/basis.ts';
import type { LiveWorkspace } from '../../src/plan/live-workspace.ts';
import { parsePlan } from '../../src/plan/parse-plan.ts';
import type { ChangeOutcome, DesiredResource, Plan } from '../../src/plan/plan.ts';
import { checkLimits } from '../../src/plan/check-limits.ts';
import { summariseOutcomes } from '../../src/plan/summarise-outcomes.ts';
import { planRollback } from '../../src/plan/snapshot.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import { createMemoryFileSystem } from '../support/memory-file-system.ts';
import { randomSource } from '../support/random-source.ts';
import type { Actor, Scheduler } from './scheduler.ts';
import type { Run } from './scenario.ts';
import { address } from './service.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The owner id of the repository of a simulation. */
export const owner = 'simulated-soc';

const yaml = `owner: ${owner}
environments:
  simulated:
    cloud: local
    subscriptionId: ${address.subscriptionId}
    resourceGroup: ${address.resourceGroup}
    workspace: ${address.workspace}
`;

/** One outcome, as it is reported. */
export type ReportedOutcome = Pick<ChangeOutcome, 'status' | 'reason'> & {
  readonly action: string;
  readonly kind: 'alertRule' | 'savedSearch';
  readonly name: string;
  readonly file?: string;
  readonly renamedTo?: string;
};

/** What a user sees of a run that came to its end. */
export interface RunReport {
  readonly plan: Plan;
  readonly exitCode: number;
  readonly outcomes: readonly ReportedOutcome[];
}

/** What a process of the tool is given. */
export interface Process {
  readonly actor: Actor;
  readonly desired: readonly DesiredResource[];
  readonly commit: string;
  readonly signal: AbortSignal;
  /** Called once the workspace is read and the plan made, before anything is written. */
  readonly onPlan: (plan: Plan) => void;
}

/** Puts a store in the place of another one: the way in which a test breaks the tool. */
export type StoreWrapper = (store: ContentStore) => ContentStore;

let warm: Promise<unknown> | undefined;

/** Loads the Azure SDK, which takes real time, before anything goes by virtual time. */
export function warmUp(): Promise<unknown> {
  const service = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":[]}' };
  warm ??= createContentStore({
    cloud: 'local',
    address,
    apiVersion: '2025-10-01-preview',
    credential: createStaticCredential('simulated'),
    version: '0.0.0',
    httpClient: createInProcessHttpClient(() => Promise.resolve(service)),
  }).list('alertRule');
  return warm;
}

/** The tool itself, as far as a simulation goes through it: everything below the reading of YAML and above the sockets. */
export class Tool {
  /** Snapshots and all else that the tool keeps in the repository's folder. */
  readonly files: Map<string, string>;
  private readonly fs: ReturnType<typeof createMemoryFileSystem>;
  private readonly project: Project;
  private readonly environment: Environment;
  private readonly scheduler: Scheduler;
  private readonly time: VirtualTime;
  private readonly wrap: StoreWrapper;

  constructor(scheduler: Scheduler, time: VirtualTime, wrap: StoreWrapper) {
    const { config } = loadConfig('kustodian.yaml', new TextEncoder().encode(yaml));
    if (config === undefined) throw new Error('the configuration of the simulation does not load');
    this.fs = createMemoryFileSystem({});
    this.files = this.fs.files;
    this.project = { root: '/', fs: this.fs, config, diagnostics: [], suppressions: [] };
    this.environment = findEnvironment(config, 'simulated');
    this.scheduler = scheduler;
    this.time = time;
    this.wrap = wrap;
  }

  /** `kustodian plan --out FILE` */
  async savePlan(
    process: Process,
    flags: { readonly prune: boolean; readonly adopt: boolean },
  ): Promise<string> {
    const store = this.openStore(process.actor);
    const host = this.createHost(process);
    const { plan } = await readPlan(host, this.project, this.environment, store, stateOf(process), {
      ...noOptions,
      ...flags,
    });
    process.onPlan(plan);
    return JSON.stringify(plan);
  }

  /** `kustodian deploy`, `kustodian deploy --plan` or `kustodian rollback` */
  async run(process: Process, run: Run, savedPlan: string | undefined): Promise<RunReport> {
    const store = this.openStore(process.actor);
    const host = this.createHost(process);
    const planned = await this.plan(process, host, store, run, savedPlan);
    process.onPlan(planned.plan);
    const { plan } = planned;
    checkLimits(plan, { deletes: run.maxDeletes });
    await saveSnapshot(host, this.project, planned);
    const outcomes = await applyPlan(plan, store, {
      signal: host.signal,
      clock: () => this.time.now(),
      delay: (milliseconds) => this.time.delay(milliseconds),
    });
    const exitCode = summariseOutcomes(outcomes).complete ? 0 : 1;
    return { plan, exitCode, outcomes: outcomes.map(toReported) };
  }

  private async plan(
    process: Process,
    host: Host,
    store: ContentStore,
    run: Run,
    savedPlan: string | undefined,
  ): Promise<ReadPlan> {
    const { adopt, prune } = run;
    switch (run.what) {
      case 'deploy':
        return readPlan(host, this.project, this.environment, store, stateOf(process), {
          ...noOptions,
          prune,
          adopt,
        });
      case 'saved-plan':
        return reopen(parsePlan(savedPlan ?? '', 'plan.json'), await readWorkspace(store, host));
      case 'rollback': {
        const file = [...this.files.keys()]
          .filter((name) => name.includes('/snapshots/'))
          .at(-1 - run.snapshot);
        const snapshot = await loadSnapshot(host, this.project, this.environment, file);
        const live = await readWorkspace(store, host);
        return { plan: planRollback(snapshot, live), live };
      }
    }
  }

  private openStore(actor: Actor): ContentStore {
    const jitter = randomSource(0);
    return this.wrap(
      createContentStore({
        cloud: 'local',
        address,
        apiVersion: this.environment.apiVersion,
        credential: createStaticCredential('simulated'),
        version: '0.0.0',
        httpClient: createInProcessHttpClient((request) => this.scheduler.park(actor, request)),
        timer: this.time,
        random: () => jitter.below(1000) / 1000,
      }),
    );
  }

  private createHost({ commit, signal }: Process): Host {
    const nowhere = { write: () => undefined, isTerminal: false, columns: 80 };
    return {
      fileSystem: () => this.fs,
      cwd: '/',
      env: {},
      stdout: nowhere,
      stderr: nowhere,
      canAsk: false,
      confirm: () => Promise.resolve(false),
      signal,
      now: () => this.time.date(),
      locks: createFileLocks(),
      git: () => Promise.resolve({ exitCode: 0, stdout: `${commit}\n`, stderr: '' }),
    };
  }
}

/** No query is looked at here. */
const noSchema = {} as DesiredState['schema'];

const noOptions = {
  enableAutoDisabled: false,
  allowBrokenAutomation: false,
  liftHolds: false,
  preflight: false,
} as const;

function stateOf({ desired }: Process): DesiredState {
  return {
    desired,
    unselected: [],
    holds: [],
    acknowledgedDrift: [],
    warnings: [],
    schema: noSchema,
  };
}

function toReported({ change, reason, renamedTo, status }: ChangeOutcome): ReportedOutcome {
  const { action, detection, kind, name } = change;
  return {
    action,
    kind,
    name,
    status,
    ...(detection === undefined ? {} : { file: detection.file }),
    ...(reason === undefined ? {} : { reason }),
    ...(renamedTo === undefined ? {} : { renamedTo }),
  };
}

/** What `deploy --plan` does with a plan before anything is written. */
function reopen(plan: Plan, live: LiveWorkspace): ReadPlan {
  const [outdated] = findOutdated(plan, live);
  if (outdated === undefined) return { plan, live };
  throw new ToolError('plan-outdated', `the workspace has changed since the plan: ${outdated.name}`);
}
