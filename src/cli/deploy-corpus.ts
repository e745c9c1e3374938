import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { createContentStore } from '../azure/content-store.ts';
import { createStaticCredential } from '../azure/credential.ts';
import { createInProcessHttpClient } from '../azure/in-process-http-client.ts';
import { applyPlan } from '../deploy/apply-plan.ts';
import { readWorkspace } from '../deploy/read-workspace.ts';
import type { Environment } from '../detection/config.ts';
import { createEmulator } from '../emulator/emulator.ts';
import { createEdge } from '../emulator/middleware/edge.ts';
import type { RequestLogEntry } from '../emulator/middleware/request-log.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import type { DesiredResource } from '../sentinel/desired-resource.ts';
import { version } from './version.ts';

/** What two deployments of the same resources, one after the other, came to. */
export interface CorpusDeployment {
  readonly resources: number;
  readonly applied: number;
  /** What failed, was refused or skipped, with its reason. */
  readonly problems: readonly string[];
  /** Answers of 429 in the first run. */
  readonly throttled: number;
  readonly seconds: number;
  /** What the second run sent, by method: reads only, if all is well. */
  readonly secondRun: Readonly<Record<string, number>>;
}

/**
 * Deploys resources to an embedded workspace that is as slow and as strict as Azure Resource Manager: 20 ms a request, a
 * write bucket of 200 with 10 more a second. The limits on the number of alert rules are lifted. Then deploys them again.
 */
export async function deployCorpus(
  desired: readonly DesiredResource[],
  { cloud, apiVersion, subscriptionId, resourceGroup, workspace }: Environment,
): Promise<CorpusDeployment> {
  const log: RequestLogEntry[] = [];
  const now = (): Date => new Date();
  const delay = async (milliseconds: number): Promise<void> => {
    await setTimeout(milliseconds);
  };
  const emulator = createEmulator({
    now,
    newGuid: randomUUID,
    workspaces: [{ subscriptionId, resourceGroup, workspace }],
    settings: { enabledScheduledRules: Infinity, enabledNrtRules: Infinity },
    middleware: createEdge(
      { log: (entry) => log.push(entry), latencyMs: 20, throttle: {} },
      { now, newGuid: randomUUID, delay },
    ),
  });
  const store = createContentStore({
    cloud,
    apiVersion,
    version,
    address: { subscriptionId, resourceGroup, workspace },
    credential: createStaticCredential('local'),
    httpClient: createInProcessHttpClient(emulator.handle),
  });
  const deploy = async () => {
    const live = await readWorkspace(store);
    const target = { environment: 'corpus', workspaceId: store.workspaceId, owner: 'corpus' };
    return await applyPlan(planChanges({ ...target, desired, live }), store, {
      clock: () => performance.now(),
    });
  };

  const start = performance.now();
  const outcomes = await deploy();
  const seconds = (performance.now() - start) / 1_000;
  const throttled = log.filter(({ status }) => status === 429).length;
  const first = log.length;
  await deploy();
  const { created } = summariseOutcomes(outcomes);
  return {
    resources: desired.length,
    applied: created,
    problems: outcomes
      .filter(({ status }) => status !== 'applied' && status !== 'unchanged')
      .map(({ change, status, reason }) => `${change.displayName}: ${status}: ${reason ?? ''}`),
    throttled,
    seconds,
    secondRun: countBy(log.slice(first).map(({ method }) => method)),
  };
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
