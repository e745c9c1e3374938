import type { Change, FieldDiff, Plan, PlanWarning } from '../plan/plan.ts';
import { isDrifted, summarisePlan } from '../plan/summarise-plan.ts';
import { changeNotes, heldWords, removalWords } from './change-notes.ts';
import type { DiffLine } from './diff-lines.ts';
import { fieldLabel, viewField } from './field-view.ts';
import { defaultMaxSize, fitReport } from './fit-markdown.ts';
import { escapeMarkdown, escapeSummary, fencedBlock, markdownRow } from './markdown-escapes.ts';
import { planSummaryLine } from './plan-summary-line.ts';
import { kindLabel } from './resource-label.ts';

/** How large a report may be. */
export interface MarkdownOptions {
  /** Bytes; see `defaultMaxSize`. */
  readonly maxSize?: number;
}

/**
 * A plan as GitHub-flavoured Markdown, for a step summary or a comment: a table of the changes, then their diffs, folded. What is
 * removed stands first, then what was changed in the workspace or is refused, then the rest. What does not fit is counted:
 * the largest diffs are left out first, and half of the room is the table's.
 */
export function renderPlanMarkdown(plan: Plan, { maxSize = defaultMaxSize }: MarkdownOptions = {}): string {
  const shown = plan.changes.flatMap(toShown).sort((a, b) => rankOf(a.change) - rankOf(b.change));
  const title = `### Plan for ${escapeMarkdown(plan.environment)}: ${planSummaryLine(summarisePlan(plan))}`;
  const rows = shown.map(({ word, change, file, fields }) =>
    markdownRow([
      word,
      escapeMarkdown(change.displayName),
      kindLabel(change.kind),
      escapeMarkdown(file),
      fields.map((field) => escapeMarkdown(fieldLabel(field))).join(', '),
    ]),
  );
  const diffs = shown.map((each) => renderDetails(each).join('\n\n')).filter((text) => text !== '');
  const limited =
    plan.paths === undefined ? [] : [`Limited to ${plan.paths.map(escapeMarkdown).join(', ')}.`];
  const warnings = plan.warnings.length === 0 ? [] : [plan.warnings.map(renderWarning).join('\n')];
  const header = ['Change', 'Name', 'Kind', 'File', 'Fields'];
  return fitReport({ title, before: limited, header, rows, after: warnings, diffs }, maxSize);
}

/** What is read first: removals, then what somebody did in the workspace or stands in the way, then the rest. */
function rankOf(change: Change): number {
  switch (change.action) {
    case 'delete':
    case 'disable':
    case 'replace':
    case 'forget':
    case 'orphan':
      return 0;
    case 'blocked':
    case 'not-ours':
    case 'held':
      return 1;
    default:
      return isDrifted(change) ? 1 : 2;
  }
}

function renderWarning({ message, file }: PlanWarning): string {
  return `- warning: ${file === undefined ? '' : `${escapeMarkdown(file)}: `}${escapeMarkdown(message)}`;
}

/** A change that has a row of its own. */
interface Shown {
  readonly word: string;
  readonly change: Change;
  readonly file: string;
  readonly fields: readonly FieldDiff[];
}

function toShown(change: Change): Shown[] {
  const word = wordOf(change);
  if (word === undefined) return [];
  const file = change.detection?.file ?? '';
  if (change.action === 'delete') {
    return [{ word, change, file, fields: change.edited.map((pointer) => ({ pointer })) }];
  }
  return [{ word, change, file, fields: 'fields' in change ? change.fields : [] }];
}

/** What is done, in words; undefined for what is only counted. */
function wordOf(change: Change): string | undefined {
  switch (change.action) {
    case 'create':
      return change.isMissing ? '+ create again' : '+ create';
    case 'update':
      return change.adopts ? '~ adopt' : '~ update';
    case 'replace':
      return '± replace';
    case 'disable':
      return change.edited.length === 0 ? '- disable' : '- disable, though edited in the workspace';
    case 'delete':
      return change.edited.length === 0 ? '- delete' : '- delete, though edited in the workspace';
    case 'forget':
      return '- forget leftover metadata';
    case 'blocked':
      return '! blocked';
    case 'not-ours':
      return change.detection === undefined ? undefined : '! collision';
    case 'held':
      return `= ${escapeMarkdown(heldWords(change))}`;
    case 'orphan':
      return removalWords(change.reason);
    case 'no-op':
      return undefined;
  }
}

function renderDetails({ change, fields }: Shown): string[] {
  const notes = changeNotes(change);
  const shown = change.action === 'delete' || change.action === 'disable' ? [] : fields;
  if (shown.length === 0 && notes.length === 0) return [];
  return [
    `<details><summary>${escapeSummary(change.displayName)}</summary>`,
    ...notes.map(escapeMarkdown),
    ...(shown.length === 0 ? [] : [fencedBlock('diff', shown.flatMap(renderField))]),
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
