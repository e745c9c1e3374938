import type { Command } from 'commander';
import { ToolError } from '../core/tool-error.ts';
import { digestOf, formatPlan } from '../plan/plan-set.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import type { CarryOutOptions } from './carry-out.ts';
import { hasFailed } from './carry-out-targets.ts';
import { valuesOf, type TargetResult } from './for-each-target.ts';
import type { Host } from './host.ts';
import { textOption, type Options } from './options.ts';
import type { PlannedTarget } from './plan-targets.ts';
import type { PlanFormat } from './render-plan.ts';
import { reportPlans, toPlanFile } from './report-plans.ts';
import { exitCodes, type ExitCode } from './verb.ts';

/** Where plans go. */
export interface PlanDestination {
  readonly format: PlanFormat;
  /** The file that `deploy --plan` takes, relative to the working directory; undefined if they are only shown. */
  readonly out: string | undefined;
  /** Bytes of Markdown for each of them. */
  readonly maxSize?: number;
}

/** Declares `--out` for a verb that would carry its plan out. */
export function addSaveOption(command: Command): void {
  command.option(
    '-o, --out <file>',
    'save the plan for "kustodian deploy --plan", instead of carrying it out',
  );
}

/**
 * Reads it.
 *
 * @throws ToolError `usage` with `--yes`: either the plan is saved or it is carried out
 */
export function readSaveOption(options: Options, { isSure }: CarryOutOptions): string | undefined {
  const out = textOption(options, 'out');
  if (out === undefined || !isSure) return out;
  throw new ToolError('usage', '--out does not go with --yes: it saves the plan and writes nothing', {
    hint: 'leave --yes out here, and give it to kustodian deploy --plan',
  });
}

/** Shows plans, and writes them to a file if asked to. Nothing is written to a workspace. */
export async function savePlans(
  host: Host,
  planned: readonly TargetResult<PlannedTarget>[],
  { format, out, maxSize }: PlanDestination,
): Promise<ExitCode> {
  const text = formatPlan(toPlanFile(planned));
  if (out !== undefined) await host.fileSystem(host.cwd).writeFileAtomic(out, text);
  const saved = out === undefined ? undefined : { file: out, digest: digestOf(text) };
  await reportPlans(host, format, planned, { saved, ...(maxSize === undefined ? {} : { maxSize }) });
  const isRefused = valuesOf(planned).some(({ planned: { plan } }) => {
    const { blocked, collisions } = summarisePlan(plan);
    return collisions + blocked > 0;
  });
  return isRefused || hasFailed(planned) ? exitCodes.findings : exitCodes.clean;
}
