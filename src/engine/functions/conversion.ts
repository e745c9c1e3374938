import type { NodeType } from '../../kql/query-node.ts';
import { arithmetic } from '../arithmetic.ts';
import { convertTo } from '../convert.ts';
import { scalarFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { compareForSort, compareValues } from '../semantics.ts';
import { valueToText } from '../value-text.ts';
import { isArray, isBag } from '../value.ts';
import type { Value } from '../value.ts';

const targets: Readonly<Record<string, NodeType>> = {
  tostring: 'string',
  tobool: 'bool',
  toboolean: 'bool',
  toint: 'int',
  tolong: 'long',
  toreal: 'real',
  todouble: 'real',
  todecimal: 'decimal',
  todatetime: 'datetime',
  totimespan: 'timespan',
  totime: 'timespan',
  toguid: 'guid',
  todynamic: 'dynamic',
  toobject: 'dynamic',
  parse_json: 'dynamic',
  parsejson: 'dynamic',
};

function isEmpty(value: Value): boolean {
  return value === null || value === '';
}

/** `gettype()`; of a dynamic, what it holds. */
function typeName(value: Value, type: NodeType | undefined): string {
  if (type !== undefined && type !== 'dynamic' && type !== 'unknown') return type;
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (isBag(value)) return 'dictionary';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' ? value.type : 'string';
}

/** True if a value lies no further from another than so much; null if one is missing. */
function isAround([value = null, center = null, delta = null]: readonly Value[]): Value {
  const [add, subtract] = [arithmetic['AddExpression'], arithmetic['SubtractExpression']];
  if (value === null || center === null || delta === null || !add || !subtract) return null;
  const [low, high] = [
    compareValues(value, subtract(center, delta)),
    compareValues(value, add(center, delta)),
  ];
  return low === null || high === null ? null : low >= 0 && high <= 0;
}

function firstWhere(values: readonly Value[], holds: (value: Value) => boolean): Value {
  return values.find(holds) ?? values.at(-1) ?? null;
}

function iff(values: readonly Value[]): Value {
  return (values[0] === true ? values[1] : values[2]) ?? null;
}

function chooseCase(values: readonly Value[]): Value {
  for (let index = 0; index + 1 < values.length; index += 2) {
    if (values[index] === true) return values[index + 1] ?? null;
  }
  return values.at(-1) ?? null;
}

function extremeOf(values: readonly Value[], sign: 1 | -1): Value {
  if (values.some((value) => typeof value === 'number' && Number.isNaN(value))) return NaN;
  return values
    .filter((value) => value !== null)
    .reduce<Value>(
      (best, value) => (best === null || compareForSort(value, best) * sign > 0 ? value : best),
      null,
    );
}

/** Functions that convert values, test for null, and choose. */
export const conversionFunctions: readonly ScalarFunction[] = [
  ...Object.entries(targets).map(([name, type]) =>
    scalarFunction(`${name}(value)`, ([value = null], { argumentTypes }) =>
      type === 'string' && typeof value === 'boolean' && argumentTypes[0] === 'dynamic'
        ? String(value)
        : convertTo(type, value),
    ),
  ),
  scalarFunction('gettype(value)', ([value = null], { argumentTypes }) => typeName(value, argumentTypes[0])),
  scalarFunction('isnull(expression)', ([value]) => value === null),
  scalarFunction('isnotnull(expression)', ([value]) => value !== null),
  scalarFunction('notnull(expression)', ([value]) => value !== null),
  scalarFunction('isempty(value)', ([value = null]) => isEmpty(value)),
  scalarFunction('isnotempty(value)', ([value = null]) => !isEmpty(value)),
  scalarFunction('notempty(value)', ([value = null]) => !isEmpty(value)),
  scalarFunction('around(value, center, delta)', isAround),
  scalarFunction(
    'assert(predicate, message)',
    ([holds, message = null], { refuse }) =>
      holds === true || refuse(`a query that fails its own assert: ${valueToText(message)}`),
  ),
  scalarFunction('not(expression)', ([value]) => (typeof value === 'boolean' ? !value : null)),
  scalarFunction('iff(if, then, else)', iff),
  scalarFunction('iif(if, then, else)', iff),
  scalarFunction('case(predicate, then, more...?, otherwise)', chooseCase),
  scalarFunction('coalesce(arg...)', (values) => firstWhere(values, (value) => !isEmpty(value))),
  scalarFunction('max_of(arg...)', (values) => extremeOf(values, 1)),
  scalarFunction('min_of(arg...)', (values) => extremeOf(values, -1)),
];
