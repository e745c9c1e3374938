import { randomUUID } from 'node:crypto';
import { createContentStore } from '../src/azure/content-store.ts';
import { createStaticCredential } from '../src/azure/credential.ts';
import { createInProcessHttpClient } from '../src/azure/in-process-http-client.ts';
import { systemTimer } from '../src/azure/timer.ts';
import { applyPlan } from '../src/deploy/apply-plan.ts';
import { readWorkspace } from '../src/deploy/read-workspace.ts';
import { createEmulator } from '../src/emulator/emulator.ts';
import { createEdge } from '../src/emulator/middleware/edge.ts';
import type { RequestLogEntry } from '../src/emulator/middleware/request-log.ts';
import type { Bucket } from '../src/emulator/middleware/throttle.ts';
import type { Snapshot } from '../src/emulator/state.ts';
import { createVirtualTime } from '../src/emulator/virtual-time.ts';
import { planChanges } from '../src/plan/plan-changes.ts';
import { summariseOutcomes, type OutcomeSummary } from '../src/plan/summarise-outcomes.ts';
import type { ContentStore } from '../src/sentinel/content-store.ts';
import type { DesiredResource } from '../src/sentinel/desired-resource.ts';
import { armThrottle } from '../src/sentinel/limits.ts';
import type { OperationClass } from '../src/sentinel/traffic.ts';

const address = { subscriptionId: randomUUID(), resourceGroup: 'rg-bench', workspace: 'law-bench' };

type Limits = Readonly<Record<OperationClass, Bucket>>;

/** How the workspace of a measurement answers. */
export interface WorkspaceOptions {
  readonly latencyMs: number;
  /** Limits as those of Azure Resource Manager, unless others are given. */
  readonly limits?: Limits;
  /** False: the time of the machine passes; else only that of the measurement, which waits for nobody. */
  readonly isVirtual?: boolean;
}

/** What one deploy came to. */
export interface DeployMeasurement {
  readonly summary: OutcomeSummary;
  readonly requests: readonly RequestLogEntry[];
  /** Answers of 429. */
  readonly throttled: number;
  readonly seconds: number;
  /** The least time in which the token buckets let so many requests through: none sooner, whoever sends them. */
  readonly boundSeconds: number;
}

/** A workspace that is deployed to again and again. */
export interface MeasuredWorkspace {
  /** Reads, plans, applies and looks again, under the throttle, whose buckets are full at the start. */
  deploy(desired: readonly DesiredResource[]): Promise<DeployMeasurement>;
  /** Reads and plans: how many changes there are, and what was asked for that. */
  plan(
    desired: readonly DesiredResource[],
  ): Promise<{ readonly changes: number; readonly requests: readonly RequestLogEntry[] }>;
}

/** A workspace that takes any number of alert rules. */
export function createMeasuredWorkspace(options: WorkspaceOptions): MeasuredWorkspace {
  const { isVirtual = true, latencyMs, limits = armThrottle } = options;
  let state: Snapshot | undefined;

  const session = async <Result>(
    task: (store: ContentStore, now: () => number) => Promise<Result>,
  ): Promise<{ result: Result; log: readonly RequestLogEntry[]; seconds: number }> => {
    const time = createVirtualTime();
    const timer = isVirtual ? time : systemTimer;
    const now = (): Date => (isVirtual ? time.date() : new Date());
    const log: RequestLogEntry[] = [];
    const emulator = createEmulator({
      now,
      newGuid: randomUUID,
      workspaces: [address],
      settings: { enabledScheduledRules: Infinity, enabledNrtRules: Infinity },
      middleware: createEdge(
        { log: (entry) => log.push(entry), latencyMs, throttle: { limits } },
        { now, newGuid: randomUUID, delay: (milliseconds) => timer.delay(milliseconds) },
      ),
      ...(state === undefined ? {} : { state }),
    });
    const store = createContentStore({
      cloud: 'local',
      address,
      apiVersion: '2025-10-01-preview',
      version: 'bench',
      credential: createStaticCredential('bench'),
      httpClient: createInProcessHttpClient(emulator.handle),
      timer,
    });
    await Promise.all([import('@azure/arm-securityinsight'), import('@azure/core-rest-pipeline')]);
    const start = timer.now();
    const running = task(store, () => timer.now());
    const result = isVirtual ? ((await time.run(running)) as Result) : await running;
    state = emulator.exportState();
    return { result, log, seconds: (timer.now() - start) / 1_000 };
  };

  const readPlan = async (store: ContentStore, desired: readonly DesiredResource[]) => {
    const live = await readWorkspace(store);
    const target = { environment: 'bench', workspaceId: store.workspaceId, owner: 'bench' };
    return planChanges({ ...target, desired, live });
  };

  return {
    async deploy(desired) {
      const { log, result, seconds } = await session(async (store, clock) =>
        applyPlan(await readPlan(store, desired), store, { clock }),
      );
      const throttled = log.filter(({ status }) => status === 429).length;
      const boundSeconds = boundOf(log, limits);
      return { summary: summariseOutcomes(result), requests: log, throttled, seconds, boundSeconds };
    },
    async plan(desired) {
      const { log, result } = await session((store) => readPlan(store, desired));
      const changes = result.changes.filter(
        ({ action }) => action !== 'no-op' && action !== 'not-ours',
      ).length;
      return { changes, requests: log };
    },
  };
}

function boundOf(log: readonly RequestLogEntry[], limits: Limits): number {
  const count = (...methods: readonly string[]): number =>
    log.filter(({ method, status }) => methods.includes(method) && status !== 429).length;
  const seconds = (requests: number, { bucket, refillPerSecond }: Bucket): number =>
    Math.max(0, requests - bucket) / refillPerSecond;
  return Math.max(
    seconds(count('GET'), limits.reads),
    seconds(count('PUT'), limits.writes),
    seconds(count('DELETE'), limits.deletes),
  );
}
