import type { Diagnostic } from '../core/diagnostic.ts';
import { describeFate, groupFates } from './group-fates.ts';
import type { ScenarioResult } from './run-scenario.ts';
import type { DetectionTest } from './test-detection.ts';

/**
 * What tests found, as findings at their lines: scenarios that failed, alerts that depend on the order of rows, and what is
 * wrong with the scenarios themselves.
 */
export function toTestDiagnostics({ results, diagnostics }: DetectionTest): readonly Diagnostic[] {
  return [...diagnostics, ...results.flatMap(failures), ...results.flatMap(orderWarnings)];
}

/** A detection of many legs has many places at which rows die; the first ones are enough to start with. */
const mostFates = 6;

/** Where the rows of a scenario died, as places beside the expectation's own. */
function relatedFates({ explanation }: ScenarioResult): NonNullable<Diagnostic['related']> {
  if (explanation === undefined) return [];
  const groups = groupFates(explanation).slice(0, mostFates);
  return groups.map((group) => {
    const { step, place } = group.first;
    if (step === undefined) return { message: describeFate(group), ...place };
    const code = step.text
      .replaceAll(/^\s*\/\/.*$/gm, '')
      .replaceAll(/\s+/g, ' ')
      .slice(0, 150);
    const { file, span } = step;
    const message = `${describeFate(group)} here: ${step.isSource ? code : `| ${code}`}`;
    return { message, file, ...(span ? { span } : {}) };
  });
}

function failures(result: ScenarioResult): readonly Diagnostic[] {
  const { scenario, mismatches } = result;
  const related = relatedFates(result);
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
      ...(related.length === 0 ? {} : { related }),
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
