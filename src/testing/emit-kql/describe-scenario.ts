import { datetimeToText } from '../../engine/datetime-text.ts';
import { toPlainRows } from '../plain-value.ts';
import type { PreparedDetection } from '../prepare-detection.ts';
import type { DetectionRun } from '../run-detection.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import { describeEntity } from '../compare-expectation.ts';

/** Further rows are counted only: a comment is there to be compared by eye. */
const mostRows = 20;

/** What somebody needs to know who runs the query elsewhere, as lines of comment. */
export function describeScenario(
  { detection, loaded }: PreparedDetection,
  { name, document, span, now, expect }: Scenario,
  { alerts, raisesAlerts, result }: DetectionRun,
): readonly string[] {
  const rows = toPlainRows(result).map((row) =>
    JSON.stringify(
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== '')),
    ),
  );
  return [
    `detection: ${detection.name} (${loaded.file})`,
    `scenario: ${name} (${document.file}:${span.start.line})`,
    `time of the run: ${datetimeToText(now)}`,
    `expected: ${describeExpectation(expect, raisesAlerts)}`,
    ...(raisesAlerts ? [`alerts here: ${alerts.length}`] : []),
    ...alerts
      .slice(0, mostRows)
      .map(({ title, severity, entities }) =>
        ['  ' + title, severity, ...entities.map(describeEntity)].join(' | '),
      ),
    `rows here: ${rows.length}`,
    ...rows.slice(0, mostRows).map((row) => `  ${row}`),
    ...(rows.length > mostRows ? [`  and ${rows.length - mostRows} more`] : []),
  ].map((line) => `// ${line.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`);
}

function describeExpectation({ none, alerts, rows, incidents }: Expectation, raisesAlerts: boolean): string {
  if (none === true) return raisesAlerts ? 'no alert' : 'no row';
  const count = (wanted: number | readonly unknown[], noun: string): string => {
    const number = typeof wanted === 'number' ? wanted : wanted.length;
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
  };
  return [
    ...(alerts === undefined ? [] : [count(alerts, 'alert')]),
    ...(incidents === undefined ? [] : [count(incidents, 'incident')]),
    ...(rows === undefined ? [] : [`${typeof rows === 'number' ? '' : 'at least '}${count(rows, 'row')}`]),
  ].join(', ');
}
