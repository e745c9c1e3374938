import type { AlertingDetection } from '../../detection/detection.ts';
import { valueToText } from '../../engine/value-text.ts';
import { isArray } from '../../engine/value.ts';
import type { Value } from '../../engine/value.ts';
import { parseJson } from '../../engine/json-text.ts';
import { alertLimits } from '../../sentinel/limits.ts';
import { alertSeverities, tactics as allTactics } from '../../sentinel/vocabulary.ts';
import type { Alert } from './alert.ts';
import { columnValues, cutToBytes, firstText, type Results } from './results.ts';

type AlertDetails = Pick<Alert, 'title' | 'description' | 'severity' | 'tactics' | 'properties' | 'notes'>;

/**
 * Title, description, severity, tactics and further properties of an alert: those of the detection, or what its override
 * makes of the first result. Where that has no value, or none that fits, the detection's own stands.
 */
export function renderAlertDetails(detection: AlertingDetection, results: Results): AlertDetails {
  const { alertDetailsOverride: override = {} } = detection;
  const notes: string[] = [];
  const limited = (what: string, text: string, limit: number): string => {
    const cut = cutToBytes(text, limit);
    if (cut !== text) notes.push(`the end of the ${what}, beyond ${limit} bytes`);
    return cut;
  };
  const title = fill(override.alertDisplayNameFormat, results);
  const description = fill(override.alertDescriptionFormat, results);
  return {
    title: title === undefined ? detection.name : limited('title', title, alertLimits.nameBytes),
    description:
      description === undefined
        ? (detection.description ?? '')
        : limited('description', description, alertLimits.descriptionBytes),
    severity: readSeverity(override.alertSeverityColumnName, results) ?? detection.severity,
    tactics: readTactics(override.alertTacticsColumnName, results) ?? detection.tactics,
    properties: Object.fromEntries(
      (override.alertDynamicProperties ?? []).flatMap(({ alertProperty, value }) => {
        const text = firstText(results, value);
        return text === undefined ? [] : [[alertProperty, text]];
      }),
    ),
    notes,
  };
}

/** undefined if there is no format, or if one of its columns has no value. */
function fill(format: string | undefined, results: Results): string | undefined {
  if (format === undefined) return undefined;
  const placeholder = /\{\{\s*(.+?)\s*\}\}/g;
  const columns = Array.from(format.matchAll(placeholder), ([, column = '']) => column);
  if (columns.some((column) => firstText(results, column) === undefined)) return undefined;
  return format.replace(placeholder, (_match, column: string) => firstText(results, column) ?? '');
}

function readSeverity(column: string | undefined, results: Results): Alert['severity'] | undefined {
  const text = column === undefined ? undefined : firstText(results, column);
  return alertSeverities.find((severity) => severity.toLowerCase() === text?.toLowerCase());
}

/** A tactic, several with commas between, or a list. One that does not exist makes all of them invalid. */
function readTactics(column: string | undefined, results: Results): readonly string[] | undefined {
  const [first = null] = column === undefined ? [] : (columnValues(results, column) ?? []);
  const words = toWords(first);
  const found = words.map((word) => {
    const name = word.replaceAll(' ', '').toLowerCase();
    return allTactics.find((tactic) => tactic.toLowerCase() === name);
  });
  const valid = found.filter((tactic) => tactic !== undefined);
  return valid.length === 0 || valid.length < found.length ? undefined : valid;
}

function toWords(value: Value): readonly string[] {
  const read = typeof value === 'string' && value.startsWith('[') ? (parseJson(value) ?? value) : value;
  if (isArray(read)) return read.map(valueToText);
  return valueToText(read)
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
