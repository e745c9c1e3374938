import type { NodeType } from '../kql/query-node.ts';
import { isArray, isBag } from './value.ts';
import type { Value } from './value.ts';

/** The type that values have in common, or dynamic; undefined if all are null. */
export function commonType(values: readonly Value[]): NodeType | undefined {
  const types = new Set(values.filter((value) => value !== null).map(typeOfValue));
  const [only] = types;
  return types.size > 1 ? 'dynamic' : only;
}

function typeOfValue(value: Value): NodeType {
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'real';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return value === null || isArray(value) || isBag(value) ? 'dynamic' : value.type;
}
