import { toPlainRows } from '../testing/plain-value.ts';
import type { ScenarioResult } from '../testing/run-scenario.ts';
import { testTotals, type TestReport } from './test-report.ts';

/** A run of tests for machines. A change of shape changes `formatVersion`. */
export function renderTestJson({ tests, skipped, diagnostics }: TestReport): string {
  const report = {
    formatVersion: 1,
    summary: testTotals(tests),
    detections: tests.map(({ loaded, file, results, notes }) => ({
      file: loaded.file,
      id: loaded.detection.id,
      tests: file ?? null,
      notes,
      scenarios: results.map(toScenario),
    })),
    skipped,
    diagnostics,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toScenario({ scenario, verdict, mismatches, run, dependsOnOrder }: ScenarioResult): unknown {
  return {
    name: scenario.name,
    file: scenario.document.file,
    line: scenario.span.start.line,
    verdict,
    dependsOnOrder,
    mismatches: mismatches.map(({ message, span, cells, unexpected }) => ({
      message,
      line: span.start.line,
      cells: cells ?? [],
      unexpected: unexpected ?? [],
    })),
    rows: run === undefined ? null : toPlainRows(run.result),
    alerts: run?.alerts ?? null,
    incidents: run?.incidents.map(({ title, alerts }) => ({ title, alerts: alerts.length })) ?? null,
  };
}
