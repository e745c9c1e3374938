import { datetimeToText } from '../../engine/datetime-text.ts';
import { decimalToText } from '../../engine/decimal.ts';
import { timespanToText } from '../../engine/timespan-text.ts';
import { valueToText } from '../../engine/value-text.ts';
import { Datetime, Decimal, Guid, isArray, isBag, Timespan } from '../../engine/value.ts';
import type { Value } from '../../engine/value.ts';
import { quoteString } from '../../compile/kql-literal.ts';
import type { NodeType } from '../../kql/query-node.ts';

/** The name of a type in KQL; what a schema does not know is dynamic. */
export function kqlTypeOf(type: NodeType): string {
  return type === 'unknown' ? 'dynamic' : type;
}

/**
 * A value as a KQL literal that reads as exactly this value of this type, whatever its text holds; an empty one as the
 * typed null, and of a string, which has none, as `""`. https://learn.microsoft.com/kusto/query/scalar-data-types/
 */
export function toKqlValue(type: NodeType, value: Value): string {
  switch (type) {
    case 'string':
      return quoteString(valueToText(value));
    case 'dynamic':
    case 'unknown':
      return `dynamic(${toDynamicText(value)})`;
    case 'bool':
      return value === null ? 'bool(null)' : value === true ? 'true' : 'false';
    case 'int':
    case 'long':
    case 'guid':
      return `${type}(${value === null ? 'null' : valueToText(value)})`;
    case 'real':
      return `real(${typeof value === 'number' ? realText(value) : 'null'})`;
    case 'decimal':
      return `decimal(${value instanceof Decimal ? decimalToText(value) : 'null'})`;
    case 'datetime':
      return `datetime(${value instanceof Datetime ? datetimeToText(value) : 'null'})`;
    case 'timespan':
      return `timespan(${value instanceof Timespan ? timespanToText(value) : 'null'})`;
  }
}

function realText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf';
  return valueToText(value);
}

/** What stands in `dynamic(…)`: JSON, in which values that JSON lacks are literals of their own. */
function toDynamicText(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return jsonText(value);
  if (typeof value === 'number')
    return Number.isFinite(value) ? valueToText(value) : `real(${realText(value)})`;
  if (isArray(value)) return `[${value.map(toDynamicText).join(',')}]`;
  if (isBag(value)) {
    return `{${[...value].map(([key, item]) => `${jsonText(key)}:${toDynamicText(item)}`).join(',')}}`;
  }
  if (value instanceof Datetime) return toKqlValue('datetime', value);
  if (value instanceof Timespan) return toKqlValue('timespan', value);
  if (value instanceof Guid) return toKqlValue('guid', value);
  if (value instanceof Decimal) return toKqlValue('decimal', value);
  return valueToText(value);
}

/** KQL ends a line, and with it a text, at the two separators that JSON lets stand. */
function jsonText(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}
