import { answerRequest, type AnswerContext } from './answer-request.ts';
import { createGroupCommit } from './group-commit.ts';
import { compose, type Handler, type Middleware } from './http.ts';
import { onboard } from './resources/onboarding-states.ts';
import { toResponse } from './response-headers.ts';
import { defaultSettings, type EmulatorSettings } from './settings.ts';
import {
  addWorkspace,
  fromSnapshot,
  toSnapshot,
  workspaceKey,
  type Principal,
  type Snapshot,
} from './state.ts';
import { writeStamp, type WriteStamp } from './write-stamp.ts';

/** A workspace that is there from the start, with Microsoft Sentinel enabled. */
export interface WorkspaceSeed {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly location?: string;
}

export interface EmulatorOptions {
  readonly now: () => Date;
  readonly newGuid: () => string;
  /** Workspaces to add if the state does not have them. */
  readonly workspaces?: readonly WorkspaceSeed[];
  readonly settings?: Partial<EmulatorSettings>;
  /** What there was before; nothing by default. */
  readonly state?: Snapshot;
  /** Keeps a state. A write is answered only after it is kept; writes at the same time share one call. */
  readonly save?: (state: Snapshot) => Promise<void>;
  /** Around everything, the first outermost: authentication, throttling, faults, a log. */
  readonly middleware?: readonly Middleware[];
  readonly principal?: Principal;
}

/** The SecurityInsights and OperationalInsights providers of Azure Resource Manager, as far as Kustodian's content goes. */
export interface Emulator {
  readonly handle: Handler;
  exportState(): Snapshot;
  /** Replaces everything. */
  importState(state: Snapshot): void;
  /** Keeps the state now, so that a place that cannot be written shows before anything is done. */
  readonly persist: () => Promise<void>;
}

const defaultPrincipal: Principal = Object.freeze({
  name: 'kustodian@emulator.example',
  type: 'User',
  objectId: '11111111-1111-1111-1111-111111111111',
  tenantId: '00000000-0000-0000-0000-000000000000',
});

/** Makes an emulator. It touches nothing outside: time, ids and persistence are given to it. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const { newGuid, now, principal = defaultPrincipal, workspaces = [] } = options;
  const settings = { ...defaultSettings, ...options.settings };
  const applicationId = newGuid();
  let state = fromSnapshot(options.state ?? emptySnapshot);
  const stamp = (): WriteStamp => writeStamp(now(), ++state.sequence);
  const exportState = (): Snapshot => toSnapshot(state);
  const commit = createGroupCommit(async () => options.save?.(exportState()));
  const surroundings = (): AnswerContext => ({ settings, state, principal, now, stamp, newGuid });
  seedWorkspaces(workspaces, surroundings());

  const handle: Handler = async (request) => {
    const before = state.sequence;
    const reply = await answerRequest(request, surroundings());
    if (state.sequence !== before) await commit();
    return toResponse(reply, { request, now: now(), requestId: newGuid(), applicationId });
  };

  return {
    handle: compose(options.middleware ?? [], handle),
    exportState,
    importState(snapshot) {
      state = fromSnapshot(snapshot);
      seedWorkspaces(workspaces, surroundings());
    },
    persist: commit,
  };
}

const emptySnapshot: Snapshot = { formatVersion: 1, sequence: 0, workspaces: [] };

function seedWorkspaces(
  seeds: readonly WorkspaceSeed[],
  { newGuid, principal, stamp, state }: AnswerContext,
): void {
  for (const { subscriptionId, resourceGroup, workspace: name, location = 'westeurope' } of seeds) {
    if (state.workspaces.has(workspaceKey(subscriptionId, resourceGroup, name))) continue;
    const created = stamp();
    const workspace = addWorkspace(state, {
      subscriptionId,
      resourceGroup,
      name,
      customerId: newGuid(),
      location,
      createdAt: created.time,
      onboardedAt: undefined,
    });
    onboard(workspace, principal, created);
  }
}
