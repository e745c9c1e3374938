import type { ChangeOutcome, Plan } from '../plan/plan.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import { effortLine } from './effort-line.ts';
import { escapeMarkdown, markdownTable } from './markdown-escapes.ts';
import { outcomeSummaryLine, outcomeWord } from './outcome-line.ts';
import { kindLabel } from './resource-label.ts';
import type { Effort } from './run-report.ts';

/** What an apply did, as GitHub-flavoured Markdown for a step summary. */
export function renderOutcomesMarkdown(
  plan: Pick<Plan, 'environment'>,
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
  const title = summary.complete ? 'Deployed to' : 'Not fully deployed to';
  const blocks = [
    `### ${title} ${escapeMarkdown(plan.environment)}: ${outcomeSummaryLine(summary)}`,
    ...(rows.length === 0 ? [] : [markdownTable(['Outcome', 'Name', 'Kind', 'Reason'], rows)]),
    ...(effort === undefined ? [] : [effortLine(effort)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
