import { runConformanceCase } from './conformance.ts';
import type { ConformanceCase, ConformanceOutcome } from './conformance.ts';

/** How much of a file of cases must be right. Shares are from 0 to 1. */
export interface ConformanceBar {
  /** Of the cases that are not refused. */
  readonly right: number;
  /** Of all cases. */
  readonly refused: number;
}

/** What a file of cases came to. */
export interface ConformanceReport {
  readonly cases: number;
  readonly outcomes: readonly ConformanceOutcome[];
  /** What is not as it must be: each a line for people. Empty if all is well. */
  readonly failures: readonly string[];
}

/** By the name of the file. Cases of geometry and of graphs are left out: no detection uses them. */
const bars: Readonly<Record<string, ConformanceBar>> = {
  'docs.json': { right: 0.97, refused: 0.2 },
  'loco.json': { right: 0.98, refused: 0.1 },
  'oracle.json': { right: 0.98, refused: 0.1 },
};

const defaultBar: ConformanceBar = { right: 0.97, refused: 0.2 };
const leftOut = new Set(['geo', 'graph']);

/**
 * Runs the cases of a file. A wrong case must be among the exceptions, and one among them that is right must leave them; an
 * exception counts as wrong all the same.
 *
 * @param exceptions reasons by the id of the case
 */
export function judgeConformance(
  file: string,
  cases: readonly ConformanceCase[],
  exceptions: Readonly<Record<string, string>>,
): ConformanceReport {
  const judged = cases.filter(({ flags }) => !flags.some((flag) => leftOut.has(flag)));
  const outcomes = judged.map(runConformanceCase);
  return { cases: judged.length, outcomes, failures: findFailures(file, outcomes, exceptions) };
}

function findFailures(
  file: string,
  outcomes: readonly ConformanceOutcome[],
  exceptions: Readonly<Record<string, string>>,
): readonly string[] {
  const of = (verdict: ConformanceOutcome['verdict']): readonly ConformanceOutcome[] =>
    outcomes.filter((outcome) => outcome.verdict === verdict);
  const [right, wrong, refused] = [of('right'), of('wrong'), of('refused')];
  const unlisted = wrong.filter(({ id }) => !(id in exceptions));
  const stale = [...right, ...refused].filter(({ id }) => id in exceptions);
  const bar = bars[file] ?? defaultBar;
  const shareRight = right.length / Math.max(1, right.length + wrong.length);
  const shareRefused = refused.length / Math.max(1, outcomes.length);
  return [
    ...unlisted.map(({ id }) => `${id} is wrong, and no listed exception`),
    ...stale.map(({ id, verdict }) => `${id} is ${verdict}: it must leave the list of exceptions`),
    ...(shareRight < bar.right
      ? [`${percent(shareRight)} right of supported; ${percent(bar.right)} are needed`]
      : []),
    ...(shareRefused > bar.refused
      ? [`${percent(shareRefused)} refused; at most ${percent(bar.refused)} may be`]
      : []),
  ];
}

/** A share for people. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
