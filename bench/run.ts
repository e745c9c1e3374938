/**
 * `npm run bench [-- [--only NAME] [--wall-clock] CORPUS]`: prints the figures that README quotes. Each stands beside a floor that
 * was measured in the same run: the ratio holds on any machine, the milliseconds do not. Exit code 1 if a target is missed. A
 * deploy is measured in a time of its own, which passes at once; with --wall-clock in that of the machine. NAME is one of query,
 * scenarios, compile, deploy and validate. Each runs in a process of its own, so that none pays for the memory of another.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchCompile } from './compile.ts';
import { benchDeploy } from './deploy.ts';
import { benchQuery } from './query.ts';
import { benchScenarios } from './scenarios.ts';
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
  options: {
    only: { type: 'string' },
    'wall-clock': { type: 'boolean', default: false },
    /** What the child processes are started with: the figures as JSON. */
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [corpus] = positionals;
const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  query: benchQuery,
  scenarios: benchScenarios,
  compile: benchCompile,
  deploy: () => benchDeploy(!values['wall-clock']),
  ...(corpus === undefined ? {} : { validate: () => benchValidate(corpus) }),
};
if (values.json) {
  const figures = await benches[values.only ?? '']?.();
  console.log(JSON.stringify(figures));
} else {
  for (const name of Object.keys(benches)) {
    if (values.only === undefined || values.only === name) print(runApart(name));
  }
}

/** Runs a bench in a process of its own. */
function runApart(name: string): readonly Figure[] {
  const own = [fileURLToPath(import.meta.url), '--json', '--only', name];
  const more = [...(values['wall-clock'] ? ['--wall-clock'] : []), ...positionals];
  const text = execFileSync(process.execPath, [...own, ...more], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(text) as readonly Figure[];
}

function print(figures: readonly Figure[]): void {
  for (const { name, value, unit, target, atLeast = false } of figures) {
    const isMissed = target !== undefined && (atLeast ? value < target : value > target);
    if (isMissed) process.exitCode = 1;
    const shown = unit === 'times' || unit === 's' ? value.toFixed(2) : value.toFixed(0);
    const bound = target === undefined ? '' : `  (target: ${atLeast ? 'at least' : 'at most'} ${target})`;
    console.log(`${name.padEnd(72)} ${shown.padStart(8)} ${unit}${bound}${isMissed ? '  MISSED' : ''}`);
  }
}
