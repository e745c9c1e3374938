import type { JsonValue } from '../../src/core/json.ts';

/** A text of a body; empty for what is none. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** An object without one of its members. */
export function omit<Value extends object, Key extends keyof Value>(
  object: Value,
  key: Key,
): Omit<Value, Key> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as Omit<Value, Key>;
}
