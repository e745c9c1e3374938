import { targetName, type Environment } from '../detection/config.ts';
import {
  renderTargetsJson,
  renderTargetsMarkdown,
  renderTargetsText,
  type TargetReport,
} from '../report/render-targets.ts';
import type { TargetResult } from './for-each-target.ts';
import type { Host } from './host.ts';
import { paletteFor } from './palette.ts';
import type { PlanFormat } from './render-plan.ts';

/** Prints one report: that of the only workspace as it is, those of many as one with a section each. */
export function reportTargets(
  host: Host,
  format: PlanFormat,
  results: readonly TargetResult<string>[],
): void {
  const [first] = results;
  if (first === undefined) return;
  if (results.length === 1 && 'value' in first) {
    host.stdout.write(first.value);
    return;
  }
  const reports = results.map(toReport);
  host.stdout.write(render(host, format, first.environment, reports));
}

function render(
  host: Host,
  format: PlanFormat,
  { name }: Environment,
  reports: readonly TargetReport[],
): string {
  switch (format) {
    case 'text':
      return renderTargetsText(name, reports, paletteFor(host.stdout, host.env));
    case 'json':
      return renderTargetsJson(name, reports);
    case 'markdown':
      return renderTargetsMarkdown(name, reports);
  }
}

function toReport(result: TargetResult<string>): TargetReport {
  const workspace = result.environment.member ?? targetName(result.environment);
  if ('value' in result) return { workspace, report: result.value };
  const { code, message, hint } = result.error;
  return { workspace, error: { code, message, ...(hint === undefined ? {} : { hint }) } };
}
