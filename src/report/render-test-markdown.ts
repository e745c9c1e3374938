import type { ScenarioResult } from '../testing/run-scenario.ts';
import { escapeMarkdown, fencedBlock, markdownTable } from './markdown-escapes.ts';
import { plainPalette } from './palette.ts';
import { describeFates } from './render-explanation-text.ts';
import { describeMismatch } from './render-test-text.ts';
import { testSummary, testTotals, type TestReport } from './test-report.ts';

/** Beyond this many, the failures of a run are counted only: a step summary may hold 1 MiB. */
const mostFailures = 100;

/** A run of tests as GitHub-flavoured Markdown: a line for each detection, then what failed. */
export function renderTestMarkdown(report: TestReport): string {
  const { tests, skipped, diagnostics } = report;
  const rows = tests
    .filter(({ results }) => results.length > 0)
    .map((test) => {
      const { scenarios, passed } = testTotals([test]);
      const isGood = scenarios === passed;
      return [isGood ? '✅' : '❌', escapeMarkdown(test.loaded.detection.name), `${passed} of ${scenarios}`];
    });
  const failures = tests.flatMap(({ results }) => results.filter(({ verdict }) => verdict !== 'passed'));
  const others = diagnostics.filter(
    ({ code, severity }) => severity === 'error' && code !== 'scenario-failed',
  );
  return `${[
    `### Scenarios: ${testSummary(report)}`,
    ...(rows.length === 0 ? [] : [markdownTable(['', 'Detection', 'Passed'], rows)]),
    ...failures.slice(0, mostFailures).map(describeFailure),
    ...(failures.length > mostFailures ? [`… and ${failures.length - mostFailures} more`] : []),
    ...(skipped.length === 0
      ? []
      : [`Not run, since they have errors: ${skipped.map(escapeMarkdown).join(', ')}`]),
    ...others.map(({ file, span, message }) =>
      escapeMarkdown(`${file}${span === undefined ? '' : `:${span.start.line}`}: ${message}`),
    ),
  ].join('\n\n')}\n`;
}

function describeFailure({ scenario, mismatches, diagnostics, explanation }: ScenarioResult): string {
  const { file } = scenario.document;
  const lines = [
    ...mismatches.flatMap((mismatch) => describeMismatch(file, mismatch, plainPalette)),
    ...(explanation === undefined ? [] : describeFates(explanation)),
    ...diagnostics.map(({ message, file: at, span }) => `${at}:${span?.start.line ?? 1}: ${message}`),
  ];
  return `**${escapeMarkdown(scenario.name)}**\n\n${fencedBlock(
    '',
    lines.map((line) => line.replace(/^ {7}/, '')),
  )}`;
}
