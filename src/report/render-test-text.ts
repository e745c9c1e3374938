import type { Mismatch } from '../testing/compare-expectation.ts';
import type { Cell } from '../testing/match-items.ts';
import type { ScenarioResult } from '../testing/run-scenario.ts';
import type { DetectionTest, QueryNote } from '../testing/test-detection.ts';
import { cutToWidth, displayWidth } from './display-width.ts';
import { escapeControls } from './escape-controls.ts';
import { describeFates, renderExplanation } from './render-explanation-text.ts';
import type { Palette } from './palette.ts';

/** A longer value is cut: who needs all of it asks for JSON. */
const longestValue = 100;

/**
 * The scenarios of one detection for people: a line each, and what differs below those that fail.
 *
 * @param showsSteps shows what every operator gave, where it was explained
 */
export function renderTestText(
  { loaded, file = loaded.file, results, notes }: DetectionTest,
  palette: Palette,
  showsSteps = false,
): string {
  if (results.length === 0) return '';
  const lines = results.flatMap((result) => [
    headingOf(result, palette),
    ...result.mismatches.flatMap((mismatch) =>
      describeMismatch(result.scenario.document.file, mismatch, palette),
    ),
    ...describeExplanation(result, showsSteps, palette),
  ]);
  const flags = notes.length === 0 ? [] : [palette.dim(describeNotes(notes))];
  return `${[palette.bold(escapeControls(file)), ...lines, ...flags].join('\n')}\n\n`;
}

/** Where the rows of a scenario that failed died; with `showsSteps`, what every operator gave, of any scenario. */
function describeExplanation(
  { explanation, verdict }: ScenarioResult,
  showsSteps: boolean,
  palette: Palette,
): readonly string[] {
  if (explanation === undefined) return [];
  const fates = verdict === 'failed' || showsSteps ? describeFates(explanation) : [];
  const steps = showsSteps ? renderExplanation(explanation, palette) : [];
  return [...steps, ...fates].map((line) => `       ${line}`);
}

/** Scenarios see exact counts and rows in order; a workspace may not. */
export function describeNotes(notes: DetectionTest['notes']): string {
  const of = (kind: QueryNote['kind']): string =>
    notes
      .filter((note) => note.kind === kind)
      .map(({ construct, line }) => `${escapeControls(construct)} (line ${line})`)
      .join(', ');
  const parts = [
    ...(of('approximate') === '' ? [] : [`a workspace estimates ${of('approximate')}`]),
    ...(of('arbitrary') === '' ? [] : [`a workspace answers arbitrarily to ${of('arbitrary')}`]),
  ];
  return `note: ${parts.join('; ')}`;
}

function headingOf({ scenario, verdict }: ScenarioResult, palette: Palette): string {
  const marks = {
    passed: palette.green('[PASS]'),
    failed: palette.red('[FAIL]'),
    refused: palette.red('[ERROR]'),
  };
  return `${marks[verdict]} ${escapeControls(scenario.name)}`;
}

/** A mismatch in lines: where it was expected otherwise, and what came. */
export function describeMismatch(file: string, mismatch: Mismatch, palette: Palette): readonly string[] {
  const { message, span, cells = [], unexpected = [] } = mismatch;
  const place = palette.dim(`${escapeControls(file)}:${span.start.line}`);
  return [
    `       ${escapeControls(message)} (${place})`,
    ...tabulate(cells, palette).map((line) => `         ${line}`),
    ...unexpected.slice(0, 5).map((line) => `         ${palette.red('+')} ${shorten(line, 160)}`),
    ...(unexpected.length > 5 ? [`         … and ${unexpected.length - 5} more`] : []),
  ];
}

/** Names, expected and got, in aligned columns; what differs is marked. */
function tabulate(cells: readonly Cell[], palette: Palette): readonly string[] {
  if (cells.length === 0) return [];
  const rows = cells.map(({ name, expected, got, isSame }) => ({
    name: escapeControls(name),
    expected: shorten(expected, longestValue),
    got: got === undefined ? '–' : shorten(got, longestValue),
    isSame,
  }));
  const width = (key: 'name' | 'expected'): number =>
    Math.max(key.length, ...rows.map((row) => displayWidth(row[key])));
  const [names, values] = [width('name'), width('expected')];
  const pad = (text: string, columns: number): string =>
    text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return [
    palette.dim(`  ${pad('', names)}  ${pad('expected', values)}  got`),
    ...rows.map(({ name, expected, got, isSame }) => {
      const line = `${pad(name, names)}  ${pad(expected, values)}  ${got}`;
      return isSame ? `  ${line}` : palette.red(`! ${line}`);
    }),
  ];
}

function shorten(text: string, columns: number): string {
  return cutToWidth(escapeControls(text), columns);
}
