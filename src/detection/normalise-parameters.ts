import { joinPointer } from '../core/json-pointer.ts';
import type { JsonValue } from '../core/json.ts';
import type { AuthoredDetection, AuthoredParameter } from './authored-detection.ts';
import { compact } from './compact.ts';
import type { Parameter } from './detection.ts';
import type { SourceDocument } from './source-document.ts';

/** The parameters in authored order. */
export function normaliseParameters(
  authored: AuthoredDetection['parameters'] = {},
  document: SourceDocument,
): readonly Parameter[] {
  return Object.entries(authored).map(([name, { type, default: value, description }]) => {
    const pointer = joinPointer('/parameters', name, 'default');
    return { name, type, default: asText(type, value, pointer, document), ...compact({ description }) };
  });
}

/** A value of a type that is written as text is that text, even where YAML reads it as a number: `1.10` is "1.10". */
function asText(
  type: AuthoredParameter['type'],
  value: JsonValue,
  pointer: string,
  document: SourceDocument,
): JsonValue {
  const isText = type === 'string' || type === 'datetime' || type === 'timespan';
  if (!isText || (typeof value !== 'number' && typeof value !== 'boolean')) return value;
  return document.scalarText(pointer) ?? value;
}
