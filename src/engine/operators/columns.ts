import type { QueryNode } from '../../kql/query-node.ts';
import { compileColumns, compileScalar, partOf, typeWithin } from '../compile-scalar.ts';
import { mapRows, refuse } from '../scope.ts';
import type { EngineColumn, Scalar, Scope, Table } from '../scope.ts';
import { columnsOf, createNamer, pickColumns, selectColumns } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

interface NamedScalar {
  readonly column: EngineColumn;
  readonly scalar: Scalar;
}

/** Names the column of an expression by its place. */
type Namer = (node: QueryNode, index: number) => string;

/** The values of a list of expressions; `(a, b) = array` is two, and a pattern of names as many as match. */
function compileNamed(nodes: readonly QueryNode[], scope: Scope, nameOf: Namer): readonly NamedScalar[] {
  return nodes.flatMap((node, index): readonly NamedScalar[] => {
    if (node.kind === 'CompoundNamedExpression') return compileCompound(node, scope);
    const isPattern = node.kind === 'NameReference' && (node.name ?? node.text).includes('*');
    if (node.kind === 'StarExpression' || isPattern) {
      return pickColumns([node], scope.columns).flatMap((at) => {
        const column = scope.columns[at];
        return column ? [{ column, scalar: (row) => row[at] ?? null }] : [];
      });
    }
    const several = compileColumns(node, scope);
    if (several) return several.map((scalar, at) => ({ column: unnamedColumn(index, at), scalar }));
    const name = nameOf(node, index);
    return [{ column: { name, type: typeWithin(node, scope) }, scalar: compileScalar(node, scope) }];
  });
}

function compileCompound(node: QueryNode, scope: Scope): readonly NamedScalar[] {
  const names = node.part('Names')?.list('Names') ?? [];
  const scalars = compileColumns(partOf(node, 'Expression', scope), scope);
  return names.map((name, index) => ({
    column: { name: name.name ?? '', type: node.type ?? 'dynamic' },
    scalar: scalars?.[index] ?? refuse(scope, node, `the names of "${node.text}"`),
  }));
}

/** A column of a function that gives several; the parser has its name. */
function unnamedColumn(index: number, at: number): EngineColumn {
  return { name: `Column${index}_${at}`, type: 'dynamic' };
}

/** `project` */
export const compileProject: OperatorCompiler = (node, input, scope) => {
  const named = compileNamed(node.list('Expressions'), { ...scope, columns: input.columns }, createNamer());
  return {
    columns: columnsOf(
      node,
      named.map(({ column }) => column),
    ),
    rows: (run) =>
      mapRows(run, input.rows(run), (row, frame) => named.map(({ scalar }) => scalar(row, frame))),
  };
};

const namePrinted: Namer = ({ columnName }, index) => columnName ?? `print_${index}`;

/** `print` */
export const compilePrint: OperatorCompiler = (node, input, scope) => {
  const named = compileNamed(node.list('Expressions'), { ...scope, columns: [] }, namePrinted);
  if (node.rows && node.rows.columns.length !== named.length)
    return refuse(scope, node, 'a function that gives several columns, without names for them');
  return {
    columns: columnsOf(
      node,
      named.map(({ column }) => column),
    ),
    rows: (run) =>
      mapRows(run, input.rows(run).slice(0, 1), (row, frame) =>
        named.map(({ scalar }) => scalar(row, frame)),
      ),
  };
};

/** `extend` and `serialize`: a name that is there already gets the new value, in its place. */
export const compileExtend: OperatorCompiler = (node, input, scope) => {
  const nodes = node.list('Expressions');
  if (nodes.length === 0) return input;
  const named = compileNamed(nodes, { ...scope, columns: input.columns }, createNamer());
  const parsed = node.rows && !node.rows.isOpen ? node.rows.columns : undefined;
  const added = parsed ? nameByParser(named, input, parsed) : named;
  const columns = [...input.columns];
  const places = added.map(({ column }) => {
    const at = columns.findIndex(({ name }) => name === column.name);
    if (at < 0) return columns.push(column) - 1;
    columns[at] = column;
    return at;
  });
  return {
    columns: columnsOf(node, columns),
    rows: (run) =>
      mapRows(run, input.rows(run), (row, frame) => {
        const values = [...row];
        added.forEach(({ scalar }, index) => {
          values[places[index] ?? values.length] = scalar(row, frame);
        });
        return values;
      }),
  };
};

/** Unnamed expressions get the names that the parser gave the columns at the end. */
function nameByParser(
  named: readonly NamedScalar[],
  input: Table,
  parsed: readonly EngineColumn[],
): readonly NamedScalar[] {
  const known = new Set([...input.columns, ...named.map(({ column }) => column)].map(({ name }) => name));
  const given = parsed.filter(({ name }) => !known.has(name));
  let next = 0;
  return named.map((item) => {
    if (parsed.some(({ name }) => name === item.column.name)) return item;
    return { ...item, column: given[next++] ?? item.column };
  });
}

/** `project-away` */
export const compileProjectAway: OperatorCompiler = (node, input) => {
  const dropped = new Set(pickColumns(node.list('Expressions'), input.columns));
  return keepColumns(
    node,
    input,
    [...input.columns.keys()].filter((index) => !dropped.has(index)),
  );
};

/** `project-keep`: in the order of the input. */
export const compileProjectKeep: OperatorCompiler = (node, input) => {
  const kept = pickColumns(node.list('Expressions'), input.columns);
  return keepColumns(
    node,
    input,
    kept.toSorted((a, b) => a - b),
  );
};

/** `project-reorder`: the named columns first, a pattern's in the order asked for. */
export const compileProjectReorder: OperatorCompiler = (node, input) => {
  const first = node.list('Expressions').flatMap((item) => {
    const inner = item.kind === 'OrderedExpression' ? (item.part('Expression') ?? item) : item;
    const picked = pickColumns([inner], input.columns);
    const order = /\b(asc|desc)\b/.exec(item.part('Ordering')?.text ?? '')?.[1];
    if (order === undefined) return picked;
    const sorted = picked.toSorted((a, b) =>
      (input.columns[a]?.name ?? '') < (input.columns[b]?.name ?? '') ? -1 : 1,
    );
    return order === 'desc' ? sorted.reverse() : sorted;
  });
  return keepColumns(node, input, [...new Set([...first, ...input.columns.keys()])]);
};

/** `project-rename` */
export const compileProjectRename: OperatorCompiler = (node, input, scope) => {
  const names = new Map<string, string>();
  for (const item of node.list('Expressions')) {
    const old = item.part('Expression')?.name;
    if (old === undefined || item.name === undefined) return refuse(scope, item, item.text);
    names.set(old, item.name);
  }
  return {
    columns: columnsOf(
      node,
      input.columns.map((column) => ({ ...column, name: names.get(column.name) ?? column.name })),
    ),
    rows: input.rows,
  };
};

/** `project-by-names`: the columns that the parser finds by the given names and patterns. */
export const compileProjectByNames: OperatorCompiler = (node, input, scope) => {
  const { rows } = node;
  if (!rows || rows.isOpen) return refuse(scope, node, 'project-by-names with unknown columns');
  const indexes = rows.columns.map(({ name }) => input.columns.findIndex((column) => column.name === name));
  if (indexes.some((index) => index < 0)) return refuse(scope, node, node.text);
  return keepColumns(node, input, indexes);
};

function keepColumns(node: QueryNode, input: Table, indexes: readonly number[]): Table {
  const own = indexes.flatMap((index) => input.columns[index] ?? []);
  return selectColumns(input, indexes, columnsOf(node, own));
}
