import { splitPointer } from '../core/json-pointer.ts';
import { isJsonArray, isJsonObject } from '../core/json.ts';

/** A pointer as people write it: `entityMappings[0].columnName`; "the file" for the root. */
export function describePointer(pointer: string): string {
  if (pointer === '') return 'the file';
  return splitPointer(pointer)
    .map((token, index) => (/^\d+$/.test(token) ? `[${token}]` : index === 0 ? token : `.${token}`))
    .join('');
}

/** A value in a message: short, on one line, text in quotes. */
export function quoteValue(value: unknown): string {
  if (isJsonArray(value)) return 'a list';
  if (isJsonObject(value)) return 'a mapping';
  if (typeof value !== 'string') return String(value);
  const line = value.trim().replace(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 57)}…` : line}"`;
}

/** What a value is, for messages about its type. */
export function describeType(value: unknown): string {
  if (typeof value === 'string') return `the text ${quoteValue(value)}`;
  return typeof value === 'number' ? `the number ${value}` : quoteValue(value);
}
