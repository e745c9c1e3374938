import { hasQuery } from '../checks/detection-kinds.ts';
import { scoreOf, type MutationTest, type MutantVerdict } from '../testing/mutation/test-mutants.ts';
import { countOf } from './count-of.ts';
import type { TestReport } from './test-report.ts';

/** What a mutation of detections came to, for every format. Detections that could not be broken are among `tests` only. */
export interface MutationReport extends TestReport {
  readonly mutations: readonly MutationTest[];
}

/** How many mutants ended how, and the score of all detections together. */
export interface MutationTotals extends Readonly<Record<MutantVerdict, number>> {
  readonly score: number;
}

/** Counts the mutants of some detections by their verdict. */
export function mutationTotals(mutations: readonly Pick<MutationTest, 'results'>[]): MutationTotals {
  const results = mutations.flatMap((each) => [...each.results]);
  const count = (wanted: MutantVerdict): number => results.filter(({ verdict }) => verdict === wanted).length;
  return {
    killed: count('killed'),
    survived: count('survived'),
    equivalent: count('equivalent'),
    'not-judged': count('not-judged'),
    score: scoreOf(results),
  };
}

/** `35 of 36 mutants killed, 2 equivalent, 3 not judged: score 0.97` */
export function describeTotals(totals: MutationTotals): string {
  const { killed, survived, equivalent, score } = totals;
  const notes = [
    ...(equivalent === 0 ? [] : [`, ${equivalent} equivalent`]),
    ...(totals['not-judged'] === 0 ? [] : [`, ${totals['not-judged']} not judged`]),
  ];
  return `${killed} of ${countOf(killed + survived, 'mutant')} killed${notes.join('')}: score ${writeScore(score)}`;
}

/** Never rounded up: 1.00 means all. */
export function writeScore(score: number): string {
  return (Math.floor(score * 100 + 1e-9) / 100).toFixed(2);
}

/** `2 detections: 80 of 80 mutants killed: score 1.00, 1 detection with failing scenarios` */
export function mutationSummary({ mutations, tests, skipped }: MutationReport): string {
  const failing = tests.filter(({ results }) => results.some(({ verdict }) => verdict !== 'passed')).length;
  const untested = tests.filter(({ loaded, results }) => results.length === 0 && hasQuery(loaded.detection));
  const notes = [
    ...(failing === 0 ? [] : [`, ${countOf(failing, 'detection')} with failing scenarios`]),
    ...(skipped.length === 0 ? [] : [`, ${countOf(skipped.length, 'detection')} with errors`]),
    ...(untested.length === 0 ? [] : [`, ${countOf(untested.length, 'detection')} without scenarios`]),
  ];
  const totals = describeTotals(mutationTotals(mutations));
  return `${countOf(mutations.length, 'detection')}: ${totals}${notes.join('')}`;
}
