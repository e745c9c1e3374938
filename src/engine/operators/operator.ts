import type { QueryNode } from '../../kql/query-node.ts';
import type { EngineColumn, Scope, Table } from '../scope.ts';

/** Compiles an operator that works on the rows of an input. Throws UnsupportedError. */
export type OperatorCompiler = (node: QueryNode, input: Table, scope: Scope) => Table;

/** The columns that the parser says an operator gives; without them, those that the engine worked out. */
export function columnsOf(node: QueryNode, own: readonly EngineColumn[]): readonly EngineColumn[] {
  const { rows } = node;
  return rows && !rows.isOpen && rows.columns.length === own.length ? rows.columns : own;
}

/** Names the columns of expressions, one after the other: those without a name are `Column1`, `Column2` … */
export function createNamer(): (node: QueryNode) => string {
  let count = 0;
  return ({ columnName }) => columnName ?? `Column${++count}`;
}

/** The named parameter of an operator, such as `kind` of `join`, as its text. */
export function parameterText(node: QueryNode, name: string): string | undefined {
  return node
    .list('Parameters')
    .find((parameter) => parameter.name === name)
    ?.part('Expression')?.text;
}

/** Matches a name pattern such as `Device*`. */
export function matchesPattern(pattern: string, name: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 's').test(name);
}

/** The indexes of the columns that a list of names and patterns takes, in the order of the list. */
export function pickColumns(
  nodes: readonly QueryNode[],
  columns: readonly EngineColumn[],
): readonly number[] {
  const picked = new Set<number>();
  for (const node of nodes) {
    const pattern = node.name ?? node.text;
    columns.forEach((column, index) => {
      if (pattern.includes('*') ? matchesPattern(pattern, column.name) : column.name === pattern)
        picked.add(index);
    });
  }
  return [...picked];
}

/** A table of some columns of another, by index. */
export function selectColumns(
  input: Table,
  indexes: readonly number[],
  columns: readonly EngineColumn[],
): Table {
  return {
    columns,
    rows: (run) => input.rows(run).map((row) => indexes.map((index) => row[index] ?? null)),
  };
}

/** True of an operator with rows piped into it; false of one that a query, or a subquery over given rows, starts with. */
export function isPiped(node: QueryNode): boolean {
  return node.parent?.kind === 'PipeExpression' && node.parent.part('Operator') === node;
}
