import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { applyPlan } from '../deploy/apply-plan.ts';
import type { Environment } from '../detection/config.ts';
import { checkLimits, type PlanLimits } from '../plan/check-limits.ts';
import { digestOf, formatPlan } from '../plan/plan-set.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import { renderOutcomesJson } from '../report/render-outcomes-json.ts';
import { renderOutcomesMarkdown } from '../report/render-outcomes-markdown.ts';
import { renderOutcomesText } from '../report/render-outcomes-text.ts';
import type { WorkspaceRun } from '../report/run-report.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import { confirmWrites, type Assurance } from './confirm-writes.ts';
import type { Host } from './host.ts';
import { paletteFor } from './palette.ts';
import { createProgress } from './progress.ts';
import type { Project } from './project.ts';
import type { ReadPlan } from './read-plan.ts';
import { renderPlan, type PlanFormat } from './render-plan.ts';
import { reportStop } from './report-stop.ts';
import type { ReportRequest } from './reports.ts';
import { writeRunReports, type RunFormat } from './run-reports.ts';
import { saveSnapshot } from './snapshots.ts';
import { exitCodes, type ExitCode } from './verb.ts';

/** How a plan is carried out, by whichever verb made it. */
export interface CarryOutOptions extends Assurance {
  readonly format: PlanFormat;
  /** Show the plan and stop. */
  readonly isDryRun: boolean;
  readonly limits: PlanLimits;
  readonly reports: readonly ReportRequest<RunFormat>[];
}

/** Shows a plan, checks its size, asks, keeps a snapshot, applies it and reports: the one way in which anything is written to a workspace. */
export async function carryOut(
  host: Host,
  project: Project,
  environment: Environment,
  planned: ReadPlan,
  store: ContentStore,
  options: CarryOutOptions,
): Promise<ExitCode> {
  const { plan } = planned;
  const { format, isDryRun, limits } = options;
  const { writes, collisions, blocked } = summarisePlan(plan);
  if (isDryRun || format !== 'json') host.stdout.write(renderPlan(plan, format, host));
  if (isDryRun) return collisions + blocked > 0 ? exitCodes.findings : exitCodes.clean;

  await reportStop(host, project, [environment], options, () => {
    checkLimits(plan, limits);
    return Promise.resolve();
  });
  if (writes > 0 && !(await confirmWrites(host, environment, { count: writes }, options))) {
    host.stderr.write('nothing was written\n');
    return exitCodes.findings;
  }
  const startedAt = host.now();
  const run = await applyAndReport(host, project, planned, store, options);
  await writeRunReports(host, project, { ...options, environment, startedAt, workspaces: [run] });
  return summariseOutcomes(run.outcomes).complete ? exitCodes.clean : exitCodes.findings;
}

/** The part of it that writes: everything was shown, allowed and agreed to. */
export async function applyAndReport(
  host: Host,
  project: Project,
  planned: ReadPlan,
  store: ContentStore,
  { format, verb }: CarryOutOptions,
): Promise<WorkspaceRun> {
  const { plan } = planned;
  const snapshot = await saveSnapshot(host, project, planned);
  const start = performance.now();
  const outcomes = await applyPlan(plan, store, {
    signal: host.signal,
    clock: () => performance.now(),
    delay: async (milliseconds) => {
      await setTimeout(milliseconds);
    },
    onProgress: createProgress(host),
  });
  const run: WorkspaceRun = {
    verb,
    environment: plan.environment,
    workspaceId: plan.workspaceId,
    planDigest: digestOf(formatPlan(plan)),
    snapshot,
    durationMs: performance.now() - start,
    traffic: store.traffic?.(),
    outcomes,
  };
  host.stdout.write(renderOutcomes(run, format, host));
  return run;
}

function renderOutcomes(run: WorkspaceRun, format: PlanFormat, host: Host): string {
  switch (format) {
    case 'text':
      return renderOutcomesText(run, run.outcomes, paletteFor(host.stdout, host.env), run);
    case 'json':
      return renderOutcomesJson(run);
    case 'markdown':
      return renderOutcomesMarkdown(run, run.outcomes, run);
  }
}
