import type { Diagnostic } from '../core/diagnostic.ts';
import type { ScenarioResult } from './run-scenario.ts';
import type { DetectionTest } from './test-detection.ts';

/**
 * What tests found, as findings at their lines: scenarios that failed, alerts that depend on the order of rows, and what is
 * wrong with the scenarios themselves.
 */
export function toTestDiagnostics({ results, diagnostics }: DetectionTest): readonly Diagnostic[] {
  return [...diagnostics, ...results.flatMap(failures), ...results.flatMap(orderWarnings)];
}

function failures({ scenario, mismatches }: ScenarioResult): readonly Diagnostic[] {
  return mismatches.map(({ message, span, cells = [], unexpected = [] }) => {
    const differences = cells
      .filter(({ isSame }) => !isSame)
      .map(({ name, expected, got }) => `${name}: expected ${expected}, got ${got ?? 'nothing'}`);
    const details = [...differences, ...unexpected.slice(0, 5).map((line) => `got ${line}`)];
    return {
      code: 'scenario-failed',
      severity: 'error',
      message: `"${scenario.name}": ${message}`,
      file: scenario.document.file,
      span,
      ...(details.length === 0 ? {} : { hint: details.join('; ') }),
    };
  });
}

function orderWarnings({ scenario, dependsOnOrder }: ScenarioResult): readonly Diagnostic[] {
  if (!dependsOnOrder) return [];
  return [
    {
      code: 'scenario-order',
      severity: 'warning',
      message: `"${scenario.name}": other alerts come of the same rows in reverse order`,
      file: scenario.document.file,
      span: scenario.span,
      hint: 'sort the rows before the query takes some of them, or before a column fills the title',
    },
  ];
}
