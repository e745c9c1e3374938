import { targetName } from '../detection/config.ts';
import type { Plan } from '../plan/plan.ts';
import { createPlanSet, formatPlan, type PlanSet } from '../plan/plan-set.ts';
import { defaultMaxSize } from '../report/fit-markdown.ts';
import { renderSavedPlanMarkdown } from '../report/render-saved-plan-markdown.ts';
import { continueTargets, type TargetResult } from './for-each-target.ts';
import type { Host } from './host.ts';
import type { PlannedTarget } from './plan-targets.ts';
import { renderPlan, shareOf, type PlanFormat } from './render-plan.ts';
import { reportTargets } from './report-targets.ts';

/** What a saved plan holds: the plan for the only workspace, or the plans for many. */
export function toPlanFile(planned: readonly TargetResult<PlannedTarget>[]): Plan | PlanSet {
  const [first] = planned;
  if (first !== undefined && planned.length === 1 && 'value' in first) return first.value.planned.plan;
  const nameOf = ({ environment }: TargetResult<unknown>) => environment.member ?? targetName(environment);
  return createPlanSet(
    first?.environment.name ?? '',
    planned.flatMap((result) =>
      'value' in result ? [{ workspace: nameOf(result), plan: result.value.planned.plan }] : [],
    ),
    planned.flatMap((result) => {
      if ('value' in result) return [];
      const { code, message } = result.error;
      return [{ workspace: nameOf(result), error: { code, message } }];
    }),
  );
}

/** How plans are printed. */
export interface PlanReportOptions {
  /** The file that they were saved in. */
  readonly saved?: { readonly file: string; readonly digest: string } | undefined;
  /** Bytes of Markdown for each of them. */
  readonly maxSize?: number;
}

/**
 * Prints plans, and the digest of the file that they were saved in: on stderr, and in Markdown, which an approver reads, behind
 * the plan.
 */
export async function reportPlans(
  host: Host,
  format: PlanFormat,
  planned: readonly TargetResult<PlannedTarget>[],
  { saved, maxSize = shareOf(defaultMaxSize, planned.length) }: PlanReportOptions = {},
): Promise<void> {
  if (format === 'json') {
    host.stdout.write(formatPlan(toPlanFile(planned)));
  } else {
    const shown = await continueTargets(planned, (each) =>
      Promise.resolve(renderPlan(each.planned.plan, format, host, maxSize)),
    );
    reportTargets(host, format, shown);
  }
  if (saved === undefined) return;
  if (format === 'markdown') host.stdout.write(renderSavedPlanMarkdown(saved));
  host.stderr.write(`saved the plan in ${saved.file}, sha256:${saved.digest}\n`);
}
