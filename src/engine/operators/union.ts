import type { QueryNode } from '../../kql/query-node.ts';
import { compileTable } from '../compile-table.ts';
import { emptyOf } from '../convert.ts';
import { readTable } from '../fixtures.ts';
import { buildOver } from '../late-table.ts';
import { refuse } from '../scope.ts';
import type { EngineColumn, Scope, Table } from '../scope.ts';
import type { Row } from '../value.ts';
import { isPiped, matchesPattern, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

/** One of the tables of a union, with what `withsource` calls it. */
export interface UnionLeg {
  readonly source: string;
  readonly table: Table;
}

/** `union`, with or without an input. https://learn.microsoft.com/kusto/query/union-operator */
export const compileUnion: OperatorCompiler = (node, input, scope) => {
  const own = isPiped(node) ? [{ source: 'union_arg0', table: input }] : [];
  const isFuzzy = parameterText(node, 'isfuzzy')?.toLowerCase() === 'true';
  const named = node.list('Expressions').filter((leg) => !isFuzzy || !isUnknown(leg, scope));
  const legs = [
    ...own,
    ...named.flatMap((leg, index) => compileLegs(leg, scope, `union_arg${own.length + index}`)),
  ];
  const kind = parameterText(node, 'kind')?.toLowerCase() ?? 'outer';
  if (kind !== 'outer' && kind !== 'inner') refuse(scope, node, `union kind=${kind}`);
  const source = parameterText(node, 'withsource') ?? parameterText(node, 'with_source');
  return uniteLegs(node, scope, legs, source, kind === 'inner');
};

/** A leg that nothing is known of, of a union that passes over such. */
function isUnknown(leg: QueryNode, scope: Scope): boolean {
  if (leg.kind === 'PipeExpression' || leg.kind === 'ParenthesizedExpression') {
    const inner = leg.part('Expression');
    return inner !== undefined && isUnknown(inner, scope);
  }
  if (leg.kind === 'FunctionCallExpression') return leg.symbol === undefined;
  if (leg.kind !== 'NameReference' || (leg.name ?? leg.text).includes('*')) return false;
  return leg.symbol === undefined && !scope.bindings.has(leg.name ?? '');
}

/** The tables that a name, a pattern or an expression stands for. */
export function compileLegs(leg: QueryNode, scope: Scope, unnamed: string): readonly UnionLeg[] {
  const name = leg.name ?? leg.text;
  if (leg.kind === 'NameReference' && name.includes('*')) return legsLike(name, scope);
  const isNamed = leg.symbol?.kind === 'table' || leg.calledBody !== undefined;
  const source = isNamed ? name : (nameGiven(leg) ?? unnamed);
  return [{ source, table: compileTable(leg, { ...scope, columns: [] }) }];
}

/** What an `as` at the end of a leg calls it. */
function nameGiven(leg: QueryNode): string | undefined {
  const inner = leg.part('Expression');
  if (leg.kind === 'ParenthesizedExpression') return inner && nameGiven(inner);
  const operator = leg.part('Operator');
  return operator?.kind === 'AsOperator' ? operator.name : undefined;
}

/** The tables whose names match a pattern, and the views of the query. */
export function legsLike(pattern: string, scope: Scope): readonly UnionLeg[] {
  return [...tablesLike(pattern, scope), ...viewsLike(pattern, scope)];
}

function tablesLike(pattern: string, scope: Scope): readonly UnionLeg[] {
  return scope.compilation.tree.tablesLike(pattern).map((schema) => ({
    source: schema.name,
    table: readTable(schema.name, schema),
  }));
}

/** Patterns stand for the functions that a query declares as views, too. */
function viewsLike(pattern: string, scope: Scope): readonly UnionLeg[] {
  return [...scope.bindings].flatMap(([key, binding]) => {
    const source = key.replace(/\(\)$/, '');
    if (binding.kind !== 'function' || !binding.view || !matchesPattern(pattern, source)) return [];
    return [{ source, table: binding.view() }];
  });
}

/** Puts tables under each other. */
export function uniteLegs(
  node: QueryNode,
  scope: Scope,
  legs: readonly UnionLeg[],
  source: string | undefined,
  isInner = false,
): Table {
  return buildOver(
    legs.map(({ table }) => table),
    (tables, isLate) => {
      const parsed = node.rows && !node.rows.isOpen && !isLate ? node.rows.columns : undefined;
      const types = typesByName(tables);
      for (const [name, found] of types)
        if (found.size > 1 && found.has('unknown'))
          refuse(scope, node, `union of the column "${name}" of unknown type`);
      const own = unionColumns(tables, types, source, isInner);
      const columns = parsed?.length === own.length ? parsed : own;
      return {
        columns,
        rows: (run) =>
          tables.flatMap((table, at) => {
            const rows = table.rows(run);
            if (rows.length === 0) return [];
            const places = placeColumns(table, types, columns);
            const united = rows.map((row): Row =>
              columns.map(({ name, type }, index) =>
                name === source ? (legs[at]?.source ?? '') : (row[places[index] ?? -1] ?? emptyOf(type)),
              ),
            );
            const { ingested } = run;
            if (ingested)
              rows.forEach((row, index) => {
                copyIngestion(row, united[index], ingested);
              });
            return united;
          }),
      };
    },
  );
}

function copyIngestion(from: Row, to: Row | undefined, ingested: WeakMap<Row, Row[number]>): void {
  if (to && ingested.has(from)) ingested.set(to, ingested.get(from) ?? null);
}

/** The types of each name in the tables, in the order in which they come. */
function typesByName(tables: readonly Table[]): ReadonlyMap<string, ReadonlySet<string>> {
  const types = new Map<string, Set<string>>();
  for (const { columns } of tables)
    for (const { name, type } of columns) types.set(name, (types.get(name) ?? new Set()).add(type));
  return types;
}

/**
 * A name that comes in several types is a column for each, `name_type`, with a number where a table has that name already.
 */
function finalName({ name, type }: EngineColumn, types: ReadonlyMap<string, ReadonlySet<string>>): string {
  if ((types.get(name)?.size ?? 0) < 2) return name;
  const typed = `${name}_${type}`;
  return types.has(typed) ? `${typed}1` : typed;
}

function unionColumns(
  tables: readonly Table[],
  types: ReadonlyMap<string, ReadonlySet<string>>,
  source: string | undefined,
  isInner: boolean,
): readonly EngineColumn[] {
  const columns = new Map<string, EngineColumn>();
  if (source !== undefined) columns.set(source, { name: source, type: 'string' });
  for (const table of tables) {
    for (const column of table.columns) {
      const name = finalName(column, types);
      if (!columns.has(name) && (!isInner || isInAll(column, tables))) columns.set(name, { ...column, name });
    }
  }
  return [...columns.values()];
}

function isInAll({ name, type }: EngineColumn, tables: readonly Table[]): boolean {
  return tables.every(({ columns }) => columns.some((one) => one.name === name && one.type === type));
}

/** Where the columns of a union are in one of its tables. */
function placeColumns(
  table: Table,
  types: ReadonlyMap<string, ReadonlySet<string>>,
  columns: readonly EngineColumn[],
): readonly number[] {
  const places = new Map(table.columns.map((column, index) => [finalName(column, types), index]));
  return columns.map(({ name }) => places.get(name) ?? -1);
}
