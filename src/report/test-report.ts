import type { Diagnostic } from '../core/diagnostic.ts';
import type { ScenarioResult } from '../testing/run-scenario.ts';
import type { DetectionTest } from '../testing/test-detection.ts';
import { countOf } from './count-of.ts';

/** What a run of tests came to, for every format. */
export interface TestReport {
  readonly tests: readonly DetectionTest[];
  /** Detections with errors of their own; they were not run. */
  readonly skipped: readonly string[];
  /** Everything found, failed scenarios included, with the severities of the policy. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How many scenarios ended how. */
export interface TestTotals {
  readonly scenarios: number;
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
}

/** Counts scenarios by their verdict. */
export function testTotals(tests: readonly DetectionTest[]): TestTotals {
  const results = tests.flatMap((each) => [...each.results]);
  const count = (verdict: ScenarioResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  return {
    scenarios: results.length,
    passed: count('passed'),
    failed: count('failed'),
    refused: count('refused'),
  };
}

/** `8 scenarios of 2 detections: 7 passed, 1 failed` */
export function testSummary({ tests, skipped }: TestReport): string {
  const { scenarios, passed, failed, refused } = testTotals(tests);
  const run = tests.filter(({ results }) => results.length > 0);
  const untested = tests.length - run.length;
  const notes = [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(refused === 0 ? [] : [`${refused} not run`]),
    ...(skipped.length === 0 ? [] : [`${countOf(skipped.length, 'detection')} with errors`]),
    ...(untested === 0 ? [] : [`${countOf(untested, 'detection')} without scenarios`]),
  ].map((note) => `, ${note}`);
  return `${countOf(scenarios, 'scenario')} of ${countOf(run.length, 'detection')}: ${passed} passed${notes.join('')}`;
}
