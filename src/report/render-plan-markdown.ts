import type { Change, FieldDiff, Plan } from '../plan/plan.ts';
import { refusalReason } from '../plan/refusal-reason.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import type { DiffLine } from './diff-lines.ts';
import { fieldLabel, viewField } from './field-view.ts';
import { escapeHtml, escapeMarkdown, fencedBlock, markdownTable } from './markdown-escapes.ts';
import { planSummaryLine } from './plan-summary-line.ts';
import { kindLabel } from './resource-label.ts';

/** A plan as GitHub-flavoured Markdown, for a step summary or a comment: a table of the changes, then their diffs, folded. */
export function renderPlanMarkdown(plan: Plan): string {
  const shown = plan.changes.flatMap(toShown);
  const table = markdownTable(
    ['Change', 'Name', 'Kind', 'File', 'Fields'],
    shown.map(({ word, change, file, fields }) => [
      word,
      escapeMarkdown(change.displayName),
      kindLabel(change.kind),
      escapeMarkdown(file),
      fields.map((field) => escapeMarkdown(fieldLabel(field))).join(', '),
    ]),
  );
  const blocks = [
    `### Plan for ${escapeMarkdown(plan.environment)}: ${planSummaryLine(summarisePlan(plan))}`,
    ...(shown.length === 0 ? [] : [table]),
    ...shown.flatMap(renderDetails),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** A change that has a row of its own. */
interface Shown {
  readonly word: string;
  readonly change: Change;
  readonly file: string;
  readonly fields: readonly FieldDiff[];
}

function toShown(change: Change): Shown[] {
  switch (change.action) {
    case 'create':
      return [
        {
          word: change.isMissing ? '+ create again' : '+ create',
          change,
          file: change.detection.file,
          fields: [],
        },
      ];
    case 'update':
      return [
        {
          word: change.adopts ? '~ adopt' : '~ update',
          change,
          file: change.detection.file,
          fields: change.fields,
        },
      ];
    case 'delete':
      return [
        {
          word: change.edited.length === 0 ? '- delete' : '- delete, though edited in the workspace',
          change,
          file: '',
          fields: change.edited.map((pointer) => ({ pointer })),
        },
      ];
    case 'blocked':
      return [{ word: '! blocked', change, file: change.detection.file, fields: change.fields }];
    case 'not-ours':
      return change.detection === undefined
        ? []
        : [{ word: '! collision', change, file: change.detection.file, fields: change.fields }];
    case 'orphan':
      return [{ word: 'no longer described', change, file: '', fields: [] }];
    case 'no-op':
      return [];
  }
}

function renderDetails({ change, fields }: Shown): string[] {
  if (change.action === 'delete') return [];
  const reason = refusalReason(change);
  if (fields.length === 0 && reason === undefined) return [];
  return [
    `<details><summary>${escapeHtml(change.displayName)}</summary>`,
    ...(reason === undefined ? [] : [escapeMarkdown(reason)]),
    ...(fields.length === 0 ? [] : [fencedBlock('diff', fields.flatMap(renderField))]),
    '</details>',
  ];
}

/** A field in a `diff` block. A `#` line is neither coloured as removed nor as added. */
export function renderField(diff: FieldDiff): string[] {
  const view = viewField(diff);
  if (view.type === 'inline') return [`# ${view.field}`, `- ${view.live}`, `+ ${view.desired}`];
  return [`# ${view.field}`, ...view.lines.map(renderDiffLine)];
}

function renderDiffLine(line: DiffLine): string {
  switch (line.type) {
    case 'same':
      return `  ${line.text}`;
    case 'removed':
      return `- ${line.text}`;
    case 'added':
      return `+ ${line.text}`;
    case 'gap':
      return `# … ${line.skipped} unchanged`;
  }
}
