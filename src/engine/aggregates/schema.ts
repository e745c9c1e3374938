import { Datetime, Decimal, Guid, isArray, isBag, Timespan } from '../value.ts';
import type { Value } from '../value.ts';
import { overValues } from './aggregate.ts';
import type { Aggregate } from './aggregate.ts';

/** The key under which a schema says what the items of an array are. */
const indexer = '`indexer`';

/** What the values at one place are: the types of scalars as they come, and what lies in bags and arrays. */
interface Shape {
  readonly types: Set<string>;
  readonly keys: Map<string, Shape>;
}

function addTo(shape: Shape, value: Value): void {
  if (value === null) return;
  if (isBag(value)) for (const [key, item] of value) addTo(shapeAt(shape, key), item);
  else if (isArray(value)) for (const item of value) addTo(shapeAt(shape, indexer), item);
  else shape.types.add(typeName(value));
}

function shapeAt({ keys }: Shape, key: string): Shape {
  const known = keys.get(key) ?? { types: new Set(), keys: new Map<string, Shape>() };
  keys.set(key, known);
  return known;
}

function typeName(value: Value): string {
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  const isTyped =
    value instanceof Datetime ||
    value instanceof Timespan ||
    value instanceof Guid ||
    value instanceof Decimal;
  return isTyped ? value.type : 'string';
}

/** One type as it is, several as a list, in the order in which they came; null if there was nothing. */
function describe({ types, keys }: Shape): Value {
  const container: readonly Value[] =
    keys.size === 0 ? [] : [new Map([...keys].map(([key, shape]) => [key, describe(shape)]))];
  const all = [...types, ...container];
  return all.length > 1 ? all : (all[0] ?? null);
}

/** https://learn.microsoft.com/kusto/query/buildschema-aggregation-function */
export const schemaAggregates: readonly Aggregate[] = [
  overValues('buildschema(value)', (values) => {
    const shape: Shape = { types: new Set(), keys: new Map() };
    for (const value of values) addTo(shape, value);
    return describe(shape);
  }),
];
