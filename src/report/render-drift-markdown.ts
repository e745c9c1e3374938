import type { Drift } from '../plan/find-drift.ts';
import type { Plan } from '../plan/plan.ts';
import { acknowledgementNote, driftOrigin, driftSummary, driftWords } from './drift-line.ts';
import { defaultMaxSize, fitReport } from './fit-markdown.ts';
import { escapeMarkdown, escapeSummary, fencedBlock, markdownRow } from './markdown-escapes.ts';
import { renderField, type MarkdownOptions } from './render-plan-markdown.ts';
import { kindLabel } from './resource-label.ts';

/** What was changed in the workspace, as GitHub-flavoured Markdown for a step summary or an issue. */
export function renderDriftMarkdown(
  plan: Pick<Plan, 'environment'>,
  drift: readonly Drift[],
  { maxSize = defaultMaxSize }: MarkdownOptions = {},
): string {
  const rows = drift.map((one) =>
    markdownRow([
      [driftWords(one), escapeMarkdown(acknowledgementNote(one) ?? '')].filter(Boolean).join(', '),
      escapeMarkdown(one.displayName),
      kindLabel(one.kind),
      escapeMarkdown(one.file),
      one.type === 'deleted' ? '' : escapeMarkdown(driftOrigin(one)),
    ]),
  );
  const diffs = drift
    .filter(({ fields }) => fields.length > 0)
    .map(({ displayName, fields }) =>
      [
        `<details><summary>${escapeSummary(displayName)}</summary>`,
        fencedBlock('diff', fields.flatMap(renderField)),
        '</details>',
      ].join('\n\n'),
    );
  const title = `### Drift in ${escapeMarkdown(plan.environment)}: ${driftSummary(drift)}`;
  return fitReport({ title, header: ['What', 'Name', 'Kind', 'File', 'Last written'], rows, diffs }, maxSize);
}
