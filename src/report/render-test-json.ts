import type { JsonObject } from '../core/json.ts';
import type { ExplainedStep, Explanation, RowFate } from '../testing/explain-scenario.ts';
import { toPlainRows } from '../testing/plain-value.ts';
import type { ScenarioResult } from '../testing/run-scenario.ts';
import { testTotals, type TestReport } from './test-report.ts';

/**
 * A run of tests for machines. A change of shape changes `formatVersion`.
 *
 * @param showsSteps adds what every operator gave, of scenarios that were explained
 */
export function renderTestJson({ tests, skipped, diagnostics }: TestReport, showsSteps = false): string {
  const report = {
    formatVersion: 1,
    summary: testTotals(tests),
    detections: tests.map(({ loaded, file, results, notes }) => ({
      file: loaded.file,
      id: loaded.detection.id,
      tests: file ?? null,
      notes,
      scenarios: results.map((result) => toScenario(result, showsSteps)),
    })),
    skipped,
    diagnostics,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toScenario(
  { scenario, verdict, mismatches, run, dependsOnOrder, explanation }: ScenarioResult,
  showsSteps: boolean,
): unknown {
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
    fates: explanation?.fates.map(toFate) ?? [],
    ...(showsSteps && explanation ? { steps: explanation.steps.map(toStep) } : {}),
    rows: run === undefined ? null : toPlainRows(run.result),
    alerts: run?.alerts ?? null,
    incidents: run?.incidents.map(({ title, alerts }) => ({ title, alerts: alerts.length })) ?? null,
  };
}

/** A given row and what became of it; `step`: where it died. */
function toFate({ table, number, place, fate, step }: RowFate): unknown {
  const at = { file: place.file, line: place.span.start.line };
  return { table, row: number, ...at, fate, step: step === undefined ? null : toPlace(step) };
}

/** The line is null for what is not written in the file. */
function toPlace({ file, span, text }: ExplainedStep): JsonObject {
  return { file, line: span?.start.line ?? null, text };
}

/** An operator with the rows that it gave, all of them. */
function toStep({ step, rows }: Explanation['steps'][number]): unknown {
  return { ...toPlace(step), rows: toPlainRows(rows) };
}
