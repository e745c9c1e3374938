import type { AlertingDetection } from '../../detection/detection.ts';
import { valueToText } from '../../engine/value-text.ts';
import { alertLimits } from '../../sentinel/limits.ts';
import type { Alert } from './alert.ts';
import { columnValues, type Results } from './results.ts';

/** The distinct values of each custom detail as text, without empty ones, within the limits on their number and size. */
export function readCustomDetails(
  { customDetails = {} }: AlertingDetection,
  results: Results,
): Pick<Alert, 'customDetails' | 'notes'> {
  const notes: string[] = [];
  let room: number = alertLimits.customDetailsSizeBytes;
  const entries = Object.entries(customDetails).map(([name, columnName]): [string, readonly string[]] => {
    const texts = (columnValues(results, columnName) ?? []).map(valueToText).filter((text) => text !== '');
    const distinct = [...new Set(texts)];
    if (distinct.length > alertLimits.customDetailValues) {
      notes.push(`${distinct.length - alertLimits.customDetailValues} values of the custom detail ${name}`);
    }
    const kept: string[] = [];
    for (const text of distinct.slice(0, alertLimits.customDetailValues)) {
      const size = new TextEncoder().encode(text).length;
      if (size > room) {
        notes.push(`values of the custom detail ${name} beyond 2 KB in all`);
        break;
      }
      room -= size;
      kept.push(text);
    }
    return [name, kept];
  });
  return { customDetails: Object.fromEntries(entries), notes };
}
