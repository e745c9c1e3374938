import { isJsonArray, stableStringify, type JsonValue } from '../core/json.ts';
import { splitPointer } from '../core/json-pointer.ts';
import type { FieldCause, FieldDiff } from '../plan/plan.ts';
import { diffLines, type DiffLine } from './diff-lines.ts';
import { escapeControls } from './escape-controls.ts';

/** A field that differs, made ready to be shown: short values side by side, longer ones line by line. */
export type FieldView =
  | { readonly type: 'inline'; readonly field: string; readonly live: string; readonly desired: string }
  | { readonly type: 'lines'; readonly field: string; readonly lines: readonly DiffLine[] };

/** Longer values do not fit on a line of a terminal side by side. */
const longestInline = 72;

/** Every text of the result is safe to print on a line of its own. */
export function viewField(diff: FieldDiff): FieldView {
  const { live, desired } = diff;
  const field = fieldLabel(diff);
  const inline = { type: 'inline', field, live: toInline(live), desired: toInline(desired) } as const;
  const isShort = inline.live.length + inline.desired.length <= longestInline;
  if (isShort && !hasLines(live) && !hasLines(desired)) return inline;
  return { type: 'lines', field, lines: diffLines(toLines(live), toLines(desired)).map(markTrailingBlanks) };
}

/** Without a mark, two lines that differ in their last blanks only would look the same. */
function markTrailingBlanks(line: DiffLine): DiffLine {
  if (line.type !== 'removed' && line.type !== 'added') return line;
  return { ...line, text: line.text.replace(/[ \t]+$/, (blanks) => '·'.repeat(blanks.length)) };
}

/** `/properties/incidentConfiguration/createIncident` is shown as `incidentConfiguration.createIncident`. */
export function fieldName(pointer: string): string {
  const tokens = splitPointer(pointer);
  return escapeControls((tokens[0] === 'properties' ? tokens.slice(1) : tokens).join('.'));
}

/** The names of fields, in one line. */
export function fieldNames(pointers: readonly string[]): string {
  return pointers.map(fieldName).join(', ');
}

/** The name of a field, and whether somebody edited it in the workspace. */
export function fieldLabel({ pointer, cause }: FieldDiff): string {
  return `${fieldName(pointer)}${causeNote(cause)}`;
}

function causeNote(cause: FieldCause | undefined): string {
  switch (cause) {
    case 'drift':
      return ' (edited in the workspace)';
    case 'conflict':
      return ' (edited in the workspace, and changed here)';
    case 'pending':
    case undefined:
      return '';
  }
}

function hasLines(value: JsonValue | undefined): boolean {
  return isJsonArray(value) || (typeof value === 'string' && value.includes('\n'));
}

function toInline(value: JsonValue | undefined): string {
  return value === undefined ? '(not set)' : escapeControls(stableStringify(value));
}

/** A text line by line, a list item by item. */
function toLines(value: JsonValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return value.split('\n').map(escapeControls);
  const items = isJsonArray(value) ? value : [value];
  return items.map((item) => escapeControls(typeof item === 'string' ? item : stableStringify(item)));
}
