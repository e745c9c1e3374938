import type { ChangeOutcome } from '../plan/plan.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import { effortLine } from './effort-line.ts';
import { escapeControls } from './escape-controls.ts';
import { fieldNames } from './field-view.ts';
import { outcomeSummaryLine, outcomeWord } from './outcome-line.ts';
import type { Palette } from './palette.ts';
import { resourceLabel } from './resource-label.ts';
import type { Effort, WorkspaceRun } from './run-report.ts';
import { createShortener } from './shorten-repeated.ts';
import { runTitle } from './run-title.ts';

/**
 * What an apply came to, for people: a line for each change that was not applied, then the counts and what it took. The applied ones stand in
 * the plan above, and progress told of them.
 */
export function renderOutcomesText(
  run: Pick<WorkspaceRun, 'environment' | 'verb'>,
  outcomes: readonly ChangeOutcome[],
  palette: Palette,
  effort?: Effort,
): string {
  const notApplied = outcomes.filter(({ status }) => status !== 'applied');
  const lines = [
    ...notApplied.map(createShortener()).flatMap((outcome) => renderOutcome(outcome, palette)),
    ...outcomes.flatMap(renderRewritten),
    ...outcomes.flatMap(renderRenamed),
  ];
  const summary = summariseOutcomes(outcomes);
  const words = `${runTitle(run.verb, summary.complete)} ${escapeControls(run.environment)}`;
  const title = summary.complete ? palette.bold(words) : palette.red(words);
  const spent = effort === undefined ? [] : [palette.dim(effortLine(effort))];
  return [...lines, `${title}: ${outcomeSummaryLine(summary)}`, ...spent].map((line) => `${line}\n`).join('');
}

/** Told once: from then on the difference is known, and no plan shows it. */
function renderRewritten({ change, rewritten = [] }: ChangeOutcome): string[] {
  if (rewritten.length === 0) return [];
  const names = fieldNames(rewritten.map(({ pointer }) => pointer));
  return [`note: ${resourceLabel(change)}: the service keeps other values than it was sent: ${names}`];
}

function renderRenamed({ change, renamedTo }: ChangeOutcome): string[] {
  if (renamedTo === undefined) return [];
  const name = escapeControls(renamedTo);
  return [`note: ${resourceLabel(change)}: made as "${name}", since the service keeps a deleted name back`];
}

/** One change that did something, on one line; empty where nothing was to do. */
export function renderOutcome(outcome: ChangeOutcome, palette: Palette): string[] {
  const word = outcomeWord(outcome);
  if (word === undefined) return [];
  const mark = outcome.status === 'applied' ? palette.green : palette.red;
  const time = outcome.durationMs === undefined ? '' : palette.dim(` ${Math.round(outcome.durationMs)} ms`);
  const reason = outcome.reason === undefined ? '' : `: ${escapeControls(outcome.reason)}`;
  return [`${mark(word)} ${resourceLabel(outcome.change)}${reason}${time}`];
}
