import type { Drift } from '../plan/find-drift.ts';
import type { Plan } from '../plan/plan.ts';
import { driftOrigin, driftSummary, driftWords } from './drift-line.ts';
import { escapeHtml, escapeMarkdown, fencedBlock, markdownTable } from './markdown-escapes.ts';
import { renderField } from './render-plan-markdown.ts';
import { kindLabel } from './resource-label.ts';

/** What was changed in the workspace, as GitHub-flavoured Markdown for a step summary or an issue. */
export function renderDriftMarkdown(plan: Pick<Plan, 'environment'>, drift: readonly Drift[]): string {
  const rows = drift.map((one) => [
    driftWords(one),
    escapeMarkdown(one.displayName),
    kindLabel(one.kind),
    escapeMarkdown(one.file),
    one.type === 'deleted' ? '' : escapeMarkdown(driftOrigin(one)),
  ]);
  const details = drift
    .filter(({ fields }) => fields.length > 0)
    .flatMap(({ displayName, fields }) => [
      `<details><summary>${escapeHtml(displayName)}</summary>`,
      fencedBlock('diff', fields.flatMap(renderField)),
      '</details>',
    ]);
  const blocks = [
    `### Drift in ${escapeMarkdown(plan.environment)}: ${driftSummary(drift)}`,
    ...(rows.length === 0 ? [] : [markdownTable(['What', 'Name', 'Kind', 'File', 'Last written'], rows)]),
    ...details,
  ];
  return `${blocks.join('\n\n')}\n`;
}
