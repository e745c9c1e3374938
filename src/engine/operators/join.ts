import type { QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { compileTable } from '../compile-table.ts';
import { emptyOf } from '../convert.ts';
import { buildOver } from '../late-table.ts';
import { mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Run, Scalar, Scope, Table } from '../scope.ts';
import { keyOf } from '../semantics.ts';
import type { Row } from '../value.ts';
import { parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

interface JoinSide {
  readonly table: Table;
  readonly keys: readonly Scalar[];
}

/** More pairs would not fit into memory: a join that lost its condition is refused before it stops the tool. */
const mostPairs = 2 ** 22;

/** What a kind of join gives. `left`, `right`: rows of that side without a partner. */
interface JoinKind {
  readonly pairs: 'all' | 'unique-left' | 'none';
  readonly left?: 'padded' | 'alone' | 'matched';
  readonly right?: 'padded' | 'alone' | 'matched';
  /** True if the rows come in the order of the left ones. */
  readonly isLedByLeft?: boolean;
}

const kinds: Readonly<Record<string, JoinKind>> = {
  innerunique: { pairs: 'unique-left' },
  inner: { pairs: 'all' },
  leftouter: { pairs: 'all', left: 'padded' },
  rightouter: { pairs: 'all', right: 'padded' },
  fullouter: { pairs: 'all', left: 'padded', right: 'padded' },
  leftsemi: { pairs: 'none', left: 'matched' },
  rightsemi: { pairs: 'none', right: 'matched' },
  leftanti: { pairs: 'none', left: 'alone' },
  leftantisemi: { pairs: 'none', left: 'alone' },
  anti: { pairs: 'none', left: 'alone' },
  rightanti: { pairs: 'none', right: 'alone' },
  rightantisemi: { pairs: 'none', right: 'alone' },
};

/** `join`: null is a key like any other. https://learn.microsoft.com/kusto/query/join-operator */
export const compileJoin: OperatorCompiler = (node, input, scope) => {
  const name = parameterText(node, 'kind') ?? 'innerunique';
  const kind = kinds[name] ?? refuse(scope, node, `join kind=${name}`);
  return compileMatch(node, input, scope, kind, 'ConditionClause', (right) => [...right.columns.keys()]);
};

/** `lookup`: an outer or inner join whose keys come once. */
export const compileLookup: OperatorCompiler = (node, input, scope) => {
  const name = parameterText(node, 'kind') ?? 'leftouter';
  const isKnown = name === 'leftouter' || name === 'inner';
  const known = (isKnown && kinds[name]) || refuse(scope, node, `lookup kind=${name}`);
  const kind: JoinKind = { ...known, isLedByLeft: true };
  const conditions = (node.part('LookupClause')?.list('Expressions') ?? []).flatMap(splitAnd);
  const keys = new Set(conditions.map(rightName));
  return compileMatch(node, input, scope, kind, 'LookupClause', (right) =>
    [...right.columns.keys()].filter((index) => !keys.has(right.columns[index]?.name)),
  );
};

function rightName(condition: QueryNode): string | undefined {
  const sides = [condition.part('Left'), condition.part('Right')];
  const right = sides.find((side) => side?.part('Expression')?.name === '$right');
  return right?.part('Selector')?.name ?? condition.name;
}

function compileMatch(
  node: QueryNode,
  input: Table,
  scope: Scope,
  kind: JoinKind,
  clause: string,
  keptOf: (right: Table) => readonly number[],
): Table {
  const right = compileTable(partOf(node, 'Expression', scope), { ...scope, columns: [] });
  return buildOver([right], ([known = right], isLate) =>
    matchTables(node, input, known, isLate ? { ...scope, isOpen: true } : scope, kind, clause, keptOf),
  );
}

function matchTables(
  node: QueryNode,
  input: Table,
  rightTable: Table,
  scope: Scope,
  kind: JoinKind,
  clause: string,
  keptOf: (right: Table) => readonly number[],
): Table {
  const [left, right] = compileSides(node, clause, input, rightTable, scope);
  const kept = keptOf(rightTable);
  const keptColumns = kept.flatMap((index) => rightTable.columns[index] ?? []);
  const isRightOnly = kind.pairs === 'none' && kind.right !== undefined;
  const isLeftOnly = kind.pairs === 'none' && kind.left !== undefined;
  const own = isLeftOnly
    ? input.columns
    : isRightOnly
      ? rightTable.columns
      : [...input.columns, ...renameClashes(input.columns, keptColumns)];
  const parsed =
    scope.isOpen !== true && node.rows?.isOpen === false && node.rows.columns.length === own.length
      ? node.rows.columns
      : own;
  const pick = (row: Row): Row => kept.map((index) => row[index] ?? null);
  const emptyLeft = input.columns.map(({ type }) => emptyOf(type));
  const emptyRight = keptColumns.map(({ type }) => emptyOf(type));
  return {
    columns: parsed,
    rows: (run) => {
      const matches = matchRows(left, right, run);
      if (isLeftOnly) return matches.left(kind.left === 'matched');
      if (isRightOnly) return matches.right(kind.right === 'matched');
      if (kind.pairs === 'all' && matches.countPairs() > mostPairs)
        refuse(scope, node, `a join of more than ${mostPairs} pairs of rows`);
      return combine(matches, kind).map(([a, b]) => [...(a ?? emptyLeft), ...(b ? pick(b) : emptyRight)]);
    },
  };
}

/** Numbers the columns of the right table that the left one has, too. */
export function renameClashes(
  left: readonly EngineColumn[],
  right: readonly EngineColumn[],
): readonly EngineColumn[] {
  const names = new Set(left.map(({ name }) => name));
  return right.map((column) => {
    let { name } = column;
    for (let number = 1; names.has(name); number++) name = `${column.name}${number}`;
    names.add(name);
    return { ...column, name };
  });
}

function compileSides(
  node: QueryNode,
  clause: string,
  leftTable: Table,
  rightTable: Table,
  scope: Scope,
): readonly [JoinSide, JoinSide] {
  const [leftKeys, rightKeys]: [Scalar[], Scalar[]] = [[], []];
  const leftScope = { ...scope, columns: leftTable.columns };
  const rightScope = { ...scope, columns: rightTable.columns };
  const conditions = node.part(clause)?.list('Expressions') ?? [];
  if (conditions.length === 0)
    refuse(scope, node, `${node.text.split(/\s/, 1)[0] ?? ''} without a condition`);
  for (const condition of conditions.flatMap(splitAnd)) {
    if (condition.kind === 'NameReference') {
      leftKeys.push(columnScalar(condition, condition.name, leftScope));
      rightKeys.push(columnScalar(condition, condition.name, rightScope));
      continue;
    }
    const sides = [condition.part('Left'), condition.part('Right')];
    const sideOf = (mark: string): QueryNode | undefined =>
      sides.find((side) => side?.part('Expression')?.name === mark);
    const [left, right] = [sideOf('$left'), sideOf('$right')];
    if (condition.kind !== 'EqualExpression' || !left || !right)
      return refuse(scope, condition, `the join condition "${condition.text}"`);
    leftKeys.push(columnScalar(left, left.part('Selector')?.name, leftScope));
    rightKeys.push(columnScalar(right, right.part('Selector')?.name, rightScope));
  }
  return [
    { table: leftTable, keys: leftKeys },
    { table: rightTable, keys: rightKeys },
  ];
}

function splitAnd(condition: QueryNode): readonly QueryNode[] {
  const [left, right] = [condition.part('Left'), condition.part('Right')];
  return condition.kind === 'AndExpression' && left && right
    ? [...splitAnd(left), ...splitAnd(right)]
    : [condition];
}

function columnScalar(node: QueryNode, name: string | undefined, scope: Scope): Scalar {
  const index = scope.columns.findIndex((column) => column.name === name);
  return index < 0 ? compileScalar(node, scope) : (row) => row[index] ?? null;
}

/** A row of each side; without one, that side is padded. */
type Pair = readonly [Row | undefined, Row | undefined];

/**
 * The order of the rows is not documented; this is the one that recorded outputs show. The right rows come in their order, each
 * with its partners, which an inner join gives from the last to the first, and at the end what is left of the left side. A
 * lookup has the left rows in their order.
 */
function combine(matches: Matches, { pairs, left, right, isLedByLeft }: JoinKind): readonly Pair[] {
  if (isLedByLeft) return matches.byLeft(left === 'padded');
  const isOuter = left !== undefined || right !== undefined;
  const chosen = pairs === 'unique-left' ? 'first' : isOuter ? 'forward' : 'backward';
  const led = matches.byRight(chosen, right === 'padded');
  return left ? [...led, ...matches.left(false).map((row): Pair => [row, undefined])] : led;
}

interface Matches {
  /** How many pairs of rows have the same key. */
  readonly countPairs: () => number;
  /** For each left row its partners, the last first. */
  readonly byLeft: (isPadded: boolean) => readonly Pair[];
  /** For each right row its partners, or of those only the first one. */
  readonly byRight: (chosen: 'first' | 'forward' | 'backward', isPadded: boolean) => readonly Pair[];
  readonly left: (matched: boolean) => readonly Row[];
  readonly right: (matched: boolean) => readonly Row[];
}

function matchRows(left: JoinSide, right: JoinSide, run: Run): Matches {
  const [leftRows, rightRows] = [keyedRows(left, run), keyedRows(right, run)];
  const [leftByKey, rightByKey] = [byKey(leftRows), byKey(rightRows)];
  return {
    countPairs: () => rightRows.reduce((sum, { key }) => sum + (leftByKey.get(key)?.length ?? 0), 0),
    byLeft: (isPadded) =>
      leftRows.flatMap(({ key, row }): readonly Pair[] => {
        const partners = rightByKey.get(key)?.toReversed() ?? (isPadded ? [undefined] : []);
        return partners.map((other): Pair => [row, other]);
      }),
    byRight: (chosen, isPadded) =>
      rightRows.flatMap(({ key, row }): readonly Pair[] => {
        const group = leftByKey.get(key);
        const partners =
          chosen === 'first' ? group?.slice(0, 1) : chosen === 'forward' ? group : group?.toReversed();
        return (partners ?? (isPadded ? [undefined] : [])).map((other): Pair => [other, row]);
      }),
    left: (matched) => leftRows.filter(({ key }) => rightByKey.has(key) === matched).map(({ row }) => row),
    right: (matched) => rightRows.filter(({ key }) => leftByKey.has(key) === matched).map(({ row }) => row),
  };
}

function keyedRows(side: JoinSide, run: Run): readonly { readonly key: string; readonly row: Row }[] {
  return mapRows(run, side.table.rows(run), (row, frame) => ({
    key: keyOf(side.keys.map((key) => key(row, frame))),
    row,
  }));
}

function byKey(
  rows: readonly { readonly key: string; readonly row: Row }[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const { key, row } of rows) {
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
