import { isArray, isBag } from './value.ts';
import type { Value } from './value.ts';

/** A path into a dynamic value: the keys of bags and the indexes of arrays, from the outside in. */
export type DynamicPath = readonly (string | number)[];

const step = /\.([\w-]+)|\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+))\s*\]/y;

/**
 * Reads a path in the notation of JSONPath, such as `$.a['b c'][0]`; undefined where it is none, or where it stands for several
 * values, as `$..a` and `$.a[*]` do. https://learn.microsoft.com/kusto/query/jsonpath
 */
export function parseDynamicPath(text: string): DynamicPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  let at = 1;
  while (at < text.length) {
    step.lastIndex = at;
    const match = step.exec(text);
    if (!match) return undefined;
    at = step.lastIndex;
    const [, name, double, single, index] = match;
    const quoted = double ?? single;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  return steps;
}

/** What lies at a path; undefined if nothing does. */
export function followPath(value: Value, path: DynamicPath): Value | undefined {
  let found: Value | undefined = value;
  for (const key of path) {
    if (isBag(found)) found = typeof key === 'string' ? found.get(key) : undefined;
    else if (isArray(found)) found = typeof key === 'number' ? found.at(key) : undefined;
    else return undefined;
  }
  return found;
}

/** The value with another at a path of keys; bags that are missing on the way come to be. */
export function withPath(value: Value, path: readonly string[], set: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return set;
  const bag = isBag(value) ? value : new Map<string, Value>();
  return new Map([...bag, [key, withPath(bag.get(key) ?? null, rest, set)]]);
}

/** The value without what lies at a path; a path through an array takes nothing away. */
export function withoutPath(value: Value, path: DynamicPath): Value {
  const [key, ...rest] = path;
  if (typeof key !== 'string' || !isBag(value)) return value;
  const entries = [...value].flatMap(([name, item]): readonly (readonly [string, Value])[] => {
    if (name !== key) return [[name, item]];
    return rest.length === 0 ? [] : [[name, withoutPath(item, rest)]];
  });
  return new Map(entries);
}
