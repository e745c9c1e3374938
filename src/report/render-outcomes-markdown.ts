import type { ChangeOutcome } from '../plan/plan.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import { effortLine } from './effort-line.ts';
import { escapeMarkdown, markdownTable } from './markdown-escapes.ts';
import { outcomeSummaryLine, outcomeWord } from './outcome-line.ts';
import { kindLabel } from './resource-label.ts';
import type { Effort, WorkspaceRun } from './run-report.ts';
import { runTitle } from './run-title.ts';

/** What an apply did, as GitHub-flavoured Markdown for a step summary. */
export function renderOutcomesMarkdown(
  run: Pick<WorkspaceRun, 'environment' | 'verb'>,
  outcomes: readonly ChangeOutcome[],
  effort?: Effort,
): string {
  const summary = summariseOutcomes(outcomes);
  const rows = outcomes.flatMap((outcome) => {
    const word = outcomeWord(outcome);
    const { change, reason = '' } = outcome;
    if (word === undefined) return [];
    return [[word, escapeMarkdown(change.displayName), kindLabel(change.kind), escapeMarkdown(reason)]];
  });
  const blocks = [
    `### ${runTitle(run.verb, summary.complete)} ${escapeMarkdown(run.environment)}: ${outcomeSummaryLine(summary)}`,
    ...(rows.length === 0 ? [] : [markdownTable(['Outcome', 'Name', 'Kind', 'Reason'], rows)]),
    ...(effort === undefined ? [] : [effortLine(effort)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
