import { valueToText } from '../engine/value-text.ts';
import type { RowSet } from '../engine/scope.ts';
import type { Value } from '../engine/value.ts';
import type { ExplainedStep, Explanation } from '../testing/explain-scenario.ts';
import { describeFate, groupFates, type FateGroup } from '../testing/group-fates.ts';
import { countOf } from './count-of.ts';
import { cutToWidth, displayWidth } from './display-width.ts';
import { escapeControls } from './escape-controls.ts';
import type { Palette } from './palette.ts';

/** A detection of many legs has many; the first ones are enough to start with. */
const mostVerdicts = 6;
const mostRows = 3;
const longestCell = 40;
const longestLine = 150;

/** A line for each place at which rows died: `row 2 of SigninLogs died at detections/a.yaml:23: | where ResultType == 0`. */
export function describeFates(explanation: Explanation): readonly string[] {
  const { omitted } = explanation;
  const lines = groupFates(explanation).map(describeGroup);
  return [
    ...lines.slice(0, mostVerdicts),
    ...(lines.length > mostVerdicts
      ? [`… and ${countOf(lines.length - mostVerdicts, 'other fate')}; --explain shows all`]
      : []),
    ...(omitted > 0 ? [`${countOf(omitted, 'further row')} not followed`] : []),
  ];
}

function describeGroup(group: FateGroup): string {
  const { fate, step } = group.first;
  const text = escapeControls(describeFate(group));
  return fate === 'died' && step ? `${text} at ${placeOf(step)}: ${codeOf(step)}` : text;
}

function placeOf({ file, span }: ExplainedStep): string {
  return span ? `${escapeControls(file)}:${span.start.line}` : 'a line that the environment adds';
}

function codeOf({ text, isSource }: ExplainedStep): string {
  const code = text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/\s+/g, ' ');
  return cutToWidth(escapeControls(isSource ? code : `| ${code}`), longestLine);
}

/** What every operator of a scenario's query gave: how many rows, and the first of them in aligned columns. */
export function renderExplanation({ steps }: Explanation, palette: Palette): readonly string[] {
  const lines = steps.map(({ step }) => (step.span ? `${step.span.start.line}` : ''));
  const counts = steps.map(({ rows }) => countOf(rows.rows.length, 'row'));
  const [width, countWidth] = [lines, counts].map((texts) =>
    Math.max(0, ...texts.map((text) => text.length)),
  );
  return steps.flatMap(({ step, rows }, index) => [
    `${palette.dim((lines[index] ?? '').padStart(width ?? 0))}  ${(counts[index] ?? '').padEnd(countWidth ?? 0)}  ${palette.bold(codeOf(step))}`,
    ...tabulateRows(rows).map((line) => `${' '.repeat((width ?? 0) + 4)}${palette.dim(line)}`),
  ]);
}

/** The first rows; columns that are empty in all of them are left out. */
function tabulateRows({ columns, rows }: RowSet): readonly string[] {
  const shown = rows.slice(0, mostRows);
  const cells = columns
    .map(({ name }, at) => [escapeControls(name), ...shown.map((row) => showCell(row[at] ?? null))])
    .filter(([, ...values]) => values.some((value) => value !== ''));
  if (cells.length === 0) return [];
  const widths = cells.map((column) => Math.max(...column.map(displayWidth)));
  const line = (row: number): string =>
    cells
      .map(
        (column, at) =>
          `${column[row] ?? ''}${' '.repeat((widths[at] ?? 0) - displayWidth(column[row] ?? ''))}`,
      )
      .join('  ')
      .trimEnd();
  return [
    ...Array.from({ length: shown.length + 1 }, (_line, row) => cutToWidth(line(row), longestLine)),
    ...(rows.length > shown.length ? [`… and ${rows.length - shown.length} more`] : []),
  ];
}

function showCell(value: Value): string {
  return cutToWidth(escapeControls(value === null ? '' : valueToText(value)), longestCell);
}
