import type { MutantResult, MutationTest } from '../testing/mutation/test-mutants.ts';
import { escapeControls } from './escape-controls.ts';
import { describeTotals, mutationTotals } from './mutation-report.ts';
import type { Palette } from './palette.ts';

/** The score of one detection for people, and a line for each mutant that no scenario kills. */
export function renderMutationText({ loaded, results, score }: MutationTest, palette: Palette): string {
  const totals = describeTotals(mutationTotals([{ results }]));
  const paint = score === 1 ? palette.green : palette.yellow;
  const survivors = results.filter(({ verdict }) => verdict === 'survived');
  return `${palette.bold(escapeControls(loaded.file))}  ${paint(totals)}\n${survivors
    .map((each) => `${describeSurvivor(each, palette)}\n`)
    .join('')}`;
}

/** `detections/x.yaml:42  move-boundary  Failures > 5 → Failures >= 5` */
function describeSurvivor({ mutant }: MutantResult, palette: Palette): string {
  const { file, span, mutator, before, after } = mutant;
  const place = span ? `${file}:${span.start.line}` : `${file} (an environment)`;
  const change = `${escapeControls(before)} → ${after === '' ? palette.dim('nothing') : escapeControls(after)}`;
  return `  ${escapeControls(place)}  ${palette.red(mutator)}  ${change}`;
}
