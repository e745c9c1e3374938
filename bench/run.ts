/**
 * `npm run bench [-- CORPUS]`: prints the figures that README quotes. Each stands beside a floor that was measured in the same
 * run: the ratio holds on any machine, the milliseconds do not. Exit code 1 if a target is missed.
 */
import { benchCompile } from './compile.ts';
import { benchQuery } from './query.ts';
import { benchValidate } from './validate.ts';

/** A measured figure and the bound that it must keep. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'times' | 'MB';
  /** The most that is allowed, or with `atLeast` the least; undefined for a figure that only informs. */
  readonly target?: number;
  readonly atLeast?: boolean;
}

const corpus = process.argv[2];
const figures = [
  ...(await benchQuery()),
  ...(await benchCompile()),
  ...(corpus === undefined ? [] : await benchValidate(corpus)),
];

for (const { name, value, unit, target, atLeast = false } of figures) {
  const isMissed = target !== undefined && (atLeast ? value < target : value > target);
  if (isMissed) process.exitCode = 1;
  const shown = unit === 'times' ? value.toFixed(2) : value.toFixed(0);
  const bound = target === undefined ? '' : `  (target: ${atLeast ? 'at least' : 'at most'} ${target})`;
  console.log(`${name.padEnd(72)} ${shown.padStart(8)} ${unit}${bound}${isMissed ? '  MISSED' : ''}`);
}
