/**
 * `npm run bench [-- [--only NAME] [--wall-clock] CORPUS]`: prints the figures that README quotes. Each stands beside a floor that
 * was measured in the same run: the ratio holds on any machine, the milliseconds do not. Exit code 1 if a target is missed. A
 * deploy is measured in a time of its own, which passes at once; with --wall-clock in that of the machine. NAME is one of query,
 * compile, deploy and validate.
 */
import { parseArgs } from 'node:util';
import { benchCompile } from './compile.ts';
import { benchDeploy } from './deploy.ts';
import { benchQuery } from './query.ts';
import { benchValidate } from './validate.ts';

/** A measured figure and the bound that it must keep. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'times' | 'MB' | 'requests';
  /** The most that is allowed, or with `atLeast` the least; undefined for a figure that only informs. */
  readonly target?: number;
  readonly atLeast?: boolean;
}

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, 'wall-clock': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [corpus] = positionals;
const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  query: benchQuery,
  compile: benchCompile,
  deploy: () => benchDeploy(!values['wall-clock']),
  ...(corpus === undefined ? {} : { validate: () => benchValidate(corpus) }),
};
const figures: Figure[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (values.only === undefined || values.only === name) figures.push(...(await bench()));
}

for (const { name, value, unit, target, atLeast = false } of figures) {
  const isMissed = target !== undefined && (atLeast ? value < target : value > target);
  if (isMissed) process.exitCode = 1;
  const shown = unit === 'times' || unit === 's' ? value.toFixed(2) : value.toFixed(0);
  const bound = target === undefined ? '' : `  (target: ${atLeast ? 'at least' : 'at most'} ${target})`;
  console.log(`${name.padEnd(72)} ${shown.padStart(8)} ${unit}${bound}${isMissed ? '  MISSED' : ''}`);
}
