import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { injectFaults, type Fault } from '../../src/emulator/middleware/faults.ts';
import { logRequests } from '../../src/emulator/middleware/request-log.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { PlanInput } from '../../src/plan/plan-input.ts';
import type { ChangeOutcome, DesiredResource, Plan } from '../../src/plan/plan.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import { alertRulesPath, call, createTestEmulator, type Answer } from './emulator.ts';
import { instantTimer, storeOver } from './scripted-service.ts';

type Wishes = Partial<Pick<PlanInput, 'prune' | 'adopt'>>;

/** An emulated workspace behind the whole pipeline, and what was sent to it. */
export interface EmulatedWorkspace {
  readonly store: ContentStore;
  /** `METHOD status` of each request; `broken` for one whose answer never came. */
  readonly log: string[];
  /** Milliseconds of each wait that a request had to. */
  readonly waits: readonly number[];
  /** Sends a request past the tool, as the portal does. */
  readonly edit: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly plan: (desired: readonly DesiredResource[], wishes?: Wishes) => Promise<Plan>;
  readonly apply: (plan: Plan) => Promise<readonly ChangeOutcome[]>;
  readonly deploy: (
    desired: readonly DesiredResource[],
    wishes?: Wishes,
  ) => Promise<readonly ChangeOutcome[]>;
}

/** Makes a workspace, empty but for what Sentinel itself brings along, on which requests go wrong as told. */
export function createEmulatedWorkspace(
  faults: readonly Fault[] = [],
  settings: EmulatorOptions['settings'] = {},
): EmulatedWorkspace {
  const log: string[] = [];
  const timer = instantTimer();
  const emulator = createTestEmulator({
    settings,
    middleware: [
      logRequests(({ method, status }) => log.push(`${method} ${status ?? 'broken'}`)),
      injectFaults(faults, () => Promise.resolve()),
    ],
  });
  const store = storeOver(emulator, { timer });
  const plan: EmulatedWorkspace['plan'] = async (desired, wishes = {}) => {
    const target = { environment: 'staging', workspaceId: store.workspaceId, owner: 'contoso-soc' };
    return planChanges({ ...target, desired, live: await readWorkspace(store), ...wishes });
  };
  const apply: EmulatedWorkspace['apply'] = (made) => applyPlan(made, store, { clock: () => 0 });
  return {
    store,
    log,
    waits: timer.waits,
    edit: (method, path, body) => call(emulator, method, `${alertRulesPath}/${path}`, body),
    plan,
    apply,
    deploy: async (desired, wishes) => apply(await plan(desired, wishes)),
  };
}
