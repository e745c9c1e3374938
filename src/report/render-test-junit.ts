import type { ScenarioResult } from '../testing/run-scenario.ts';
import type { DetectionTest } from '../testing/test-detection.ts';
import { escapeXml } from './escape-xml.ts';
import { plainPalette } from './palette.ts';
import { describeFates } from './render-explanation-text.ts';
import { describeMismatch } from './render-test-text.ts';
import { testTotals, type TestReport } from './test-report.ts';

/** A run of tests as JUnit XML: a suite for each detection, a case for each scenario. */
export function renderTestJunit({ tests, skipped, diagnostics }: TestReport): string {
  const broken = skipped.map((file) => {
    const reasons = diagnostics.filter((each) => each.file === file && each.severity === 'error');
    const text = reasons.map(({ code, message, span }) => `${span?.start.line ?? 1}: ${code}: ${message}`);
    return [
      `  <testsuite name="${escapeXml(file)}" tests="1" failures="0" errors="1" skipped="0">`,
      `    <testcase classname="${escapeXml(file)}" name="the detection is valid" file="${escapeXml(file)}">`,
      `      <error type="invalid" message="the detection has errors">${escapeXml(text.join('\n'))}</error>`,
      '    </testcase>',
      '  </testsuite>',
    ].join('\n');
  });
  const { scenarios, failed, refused } = testTotals(tests);
  const totals = `tests="${scenarios + broken.length}" failures="${failed}" errors="${refused + broken.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kustodian test" ${totals}>`,
    ...tests.filter(({ results }) => results.length > 0).map(toSuite),
    ...broken,
    '</testsuites>',
    '',
  ].join('\n');
}

function toSuite(test: DetectionTest): string {
  const { scenarios, failed, refused } = testTotals([test]);
  const name = escapeXml(test.loaded.file);
  return [
    `  <testsuite name="${name}" tests="${scenarios}" failures="${failed}" errors="${refused}" skipped="0">`,
    ...test.results.map((result) => toCase(name, result)),
    '  </testsuite>',
  ].join('\n');
}

function toCase(
  suite: string,
  { scenario, verdict, mismatches, diagnostics, explanation }: ScenarioResult,
): string {
  const { file } = scenario.document;
  const { line } = scenario.span.start;
  const open = `    <testcase classname="${suite}" name="${escapeXml(scenario.name)}" file="${escapeXml(file)}" line="${line}"`;
  if (verdict === 'passed') return `${open}/>`;
  const reasons =
    verdict === 'failed'
      ? [
          ...mismatches.flatMap((mismatch) => describeMismatch(file, mismatch, plainPalette)),
          ...(explanation === undefined ? [] : describeFates(explanation)),
        ]
      : diagnostics.map(
          ({ code, message, file: at, span }) => `${at}:${span?.start.line ?? 1}: ${code}: ${message}`,
        );
  const message = verdict === 'failed' ? (mismatches[0]?.message ?? '') : (diagnostics[0]?.message ?? '');
  const element = verdict === 'failed' ? 'failure' : 'error';
  const text = escapeXml(reasons.map((reason) => reason.trim()).join('\n'));
  return [
    `${open}>`,
    `      <${element} type="${verdict}" message="${escapeXml(message)}">${text}</${element}>`,
    '    </testcase>',
  ].join('\n');
}
