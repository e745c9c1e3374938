import { targetName, type Environment } from '../detection/config.ts';
import { checkLimits } from '../plan/check-limits.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import type { StoppedRun, WorkspaceRun } from '../report/run-report.ts';
import { applyAndReport, carryOut, type CarryOutOptions } from './carry-out.ts';
import { confirmWrites } from './confirm-writes.ts';
import { continueTargets, valuesOf, type TargetResult } from './for-each-target.ts';
import type { Host } from './host.ts';
import type { PlannedTarget } from './plan-targets.ts';
import type { Project } from './project.ts';
import { reportPlans } from './report-plans.ts';
import { toStoppedRun } from './report-stop.ts';
import { reportTargets } from './report-targets.ts';
import { writeRunReports } from './run-reports.ts';
import { exitCodes, type ExitCode } from './verb.ts';

/**
 * Carries out the plans for the workspaces of an environment as `carryOut` does for one: all are shown, one question is asked,
 * and each workspace has its own limits, snapshot and report. What fails in one does not stop the others.
 */
export async function carryOutTargets(
  host: Host,
  project: Project,
  targets: readonly TargetResult<PlannedTarget>[],
  options: CarryOutOptions,
): Promise<ExitCode> {
  const [first] = targets;
  if (first !== undefined && targets.length === 1 && 'value' in first) {
    const { environment, planned, store } = first.value;
    return await carryOut(host, project, environment, planned, store, options);
  }
  const { format, isDryRun, limits } = options;
  if (isDryRun || format !== 'json') await reportPlans(host, format, targets);
  const summaries = valuesOf(targets).map(({ planned }) => summarisePlan(planned.plan));
  const isRefused = summaries.some(({ collisions, blocked }) => collisions + blocked > 0);
  if (isDryRun) return isRefused || hasFailed(targets) ? exitCodes.findings : exitCodes.clean;

  const allowed = await continueTargets(targets, (target) => {
    checkLimits(target.planned.plan, limits);
    return Promise.resolve(target);
  });
  const within = valuesOf(allowed).map(({ planned }) => summarisePlan(planned.plan).writes);
  const count = within.reduce((sum, each) => sum + each, 0);
  const writes = { count, workspaces: within.filter((each) => each > 0).length };
  if (first !== undefined && count > 0 && !(await confirmWrites(host, first.environment, writes, options))) {
    host.stderr.write('nothing was written\n');
    return exitCodes.findings;
  }
  const startedAt = host.now();
  const applied = await continueTargets(allowed, async ({ planned, store }, environment) => {
    const own = createTargetHost(host, environment);
    const run = await applyAndReport(own.host, project, planned, store, options);
    return { run, report: own.written() };
  });
  reportTargets(host, format, await continueTargets(applied, ({ report }) => Promise.resolve(report)));
  if (first !== undefined) {
    const { environment } = first;
    await writeRunReports(host, project, {
      ...options,
      environment,
      startedAt,
      workspaces: applied.map(toRun),
    });
  }
  const isComplete = valuesOf(applied).every(({ run }) => summariseOutcomes(run.outcomes).complete);
  return isComplete && !hasFailed(applied) ? exitCodes.clean : exitCodes.findings;
}

function toRun(result: TargetResult<{ readonly run: WorkspaceRun }>): WorkspaceRun | StoppedRun {
  return 'value' in result ? result.value.run : toStoppedRun(result.environment, result.error);
}

/** True if something stopped the work on one of the workspaces. */
export function hasFailed(results: readonly TargetResult<unknown>[]): boolean {
  return results.some((result) => 'error' in result);
}

/** The host as one workspace of many sees it: its result is kept for the common report, its progress names it. */
function createTargetHost(
  host: Host,
  environment: Environment,
): { readonly host: Host; readonly written: () => string } {
  let written = '';
  const prefix = `${targetName(environment)}: `;
  return {
    written: () => written,
    host: {
      ...host,
      stdout: {
        ...host.stdout,
        columns: host.stdout.columns,
        write: (text) => {
          written += text;
        },
      },
      // Several lines that are rewritten in place would overwrite each other.
      stderr: {
        isTerminal: false,
        columns: host.stderr.columns,
        write: (text) => {
          host.stderr.write(text.replaceAll(/^(?=.)/gm, prefix));
        },
      },
    },
  };
}
