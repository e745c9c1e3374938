/**
 * The rows that come from outside: tables of the workspace, watchlists, files, other databases, and functions of which no
 * body is known.
 */
import type { NodeType, QueryNode } from '../kql/query-node.ts';
import { convertTo, emptyOf } from './convert.ts';
import { lateTable } from './late-table.ts';
import { evaluateConstant, refuseMissing } from './scope.ts';
import type { EngineColumn, RowSet, Run, Scalar, Scope, Table, TableSet } from './scope.ts';
import { valueToText } from './value-text.ts';
import type { Row, Value } from './value.ts';

/** The column of a fixture that `ingestion_time()` reads. */
const ingestionColumn = '_IngestionTime';

/** A table of the workspace: the columns of the schema, in whatever order the rows come with theirs. */
export function readTable(name: string, shape: QueryNode['rows']): Table {
  return placeRows(shape, ({ input }) => input.tables.get(name));
}

/** A table of another workspace or cluster. What is not of a workspace must have a fixture. */
export function readForeignTable(node: QueryNode, call: QueryNode, database: Scalar, scope: Scope): Table {
  const { name = '' } = node;
  return placeRows(node.rows, (run) => {
    const address = valueToText(evaluateConstant(database, run));
    const table = run.input.databases?.get(address)?.get(name);
    if (table || call.name === 'workspace') return table;
    return refuseMissing(scope, node, `"${name}" of ${call.name ?? ''}("${address}")`);
  });
}

/** A watchlist by its alias. */
export function readWatchlist(node: QueryNode, alias: Scalar, scope: Scope): Table {
  return placeRows(node.rows, (run) => {
    const wanted = valueToText(evaluateConstant(alias, run));
    const names = [...(run.input.watchlists?.keys() ?? [])];
    const name = names.find((one) => one.toLowerCase() === wanted.toLowerCase());
    const rows = run.input.watchlists?.get(name ?? '');
    return rows ?? refuseMissing(scope, node, `the watchlist "${wanted}"`);
  });
}

/** `externaldata`: the rows of all its addresses. Their values are of the types that the query declares. */
export function readExternal(node: QueryNode, addresses: readonly Scalar[], scope: Scope): Table {
  const columns = node.rows?.columns ?? [];
  return {
    columns,
    rows: (run) =>
      addresses.flatMap((address) => {
        const url = valueToText(evaluateConstant(address, run)).split(';', 1)[0] ?? '';
        const given = run.input.external?.get(url) ?? refuseMissing(scope, node, `the file "${url}"`);
        return arrange(given, columns, convertGiven);
      }),
  };
}

/** The rows of a function that has no body. */
export function readFunctionRows(node: QueryNode, scope: Scope): Table {
  return placeRows(node.rows, (run) => functionRows(node, run.input.functions, scope));
}

/** The fixture of a function. */
export function functionRows(node: QueryNode, functions: TableSet | undefined, scope: Scope): RowSet {
  const { name = node.text } = node;
  return functions?.get(name) ?? refuseMissing(scope, node, `the function ${name}()`);
}

function placeRows(shape: QueryNode['rows'], find: (run: Run) => RowSet | undefined): Table {
  const declared = shape?.columns ?? [];
  const rowsIn = (columns: readonly EngineColumn[], given: RowSet | undefined, run: Run): readonly Row[] => {
    if (!given) return [];
    const rows = isArranged(given, columns) ? given.rows : arrange(given, columns, (_type, value) => value);
    if (run.ingested) rememberIngestion(given, rows, run.ingested);
    return rows;
  };
  if (shape?.isOpen !== true) return { columns: declared, rows: (run) => rowsIn(declared, find(run), run) };
  return lateTable((run) => {
    const given = find(run);
    const known = new Set([...declared.map(({ name }) => name), ingestionColumn]);
    const columns = [...declared, ...(given?.columns ?? []).filter(({ name }) => !known.has(name))];
    return { columns, rows: rowsIn(columns, given, run) };
  });
}

/** True of rows that need no change, as those of large tables: to copy them costs more than most queries. */
function isArranged({ columns: given, rows }: RowSet, columns: readonly EngineColumn[]): boolean {
  const isInPlace = columns.every(({ name }, index) => given[index]?.name === name);
  const texts = columns.flatMap(({ type }, index) => (type === 'string' ? [index] : []));
  const isWhole = (row: Row): boolean =>
    row.length === columns.length && texts.every((index) => typeof row[index] === 'string');
  return isInPlace && rows.every(isWhole);
}

/** Rows in the columns that are asked for; one that the fixture does not have is empty. */
function arrange(
  given: RowSet,
  columns: readonly EngineColumn[],
  convert: (type: NodeType, value: Value) => Value,
): readonly Row[] {
  const places = columns.map((column) => given.columns.findIndex(({ name }) => name === column.name));
  return given.rows.map((row) =>
    columns.map(({ type }, index) => {
      const value = row[places[index] ?? -1] ?? null;
      return value === null ? emptyOf(type) : convert(type, value);
    }),
  );
}

/** A dynamic column takes a text as it is. */
function convertGiven(type: NodeType, value: Value): Value {
  return type === 'dynamic' ? value : convertTo(type, value);
}

/** Without a time of its own, a row came in when it was generated. */
function rememberIngestion(given: RowSet, rows: readonly Row[], ingested: WeakMap<Row, Value>): void {
  const placeOf = (wanted: string): number => given.columns.findIndex(({ name }) => name === wanted);
  const [own, generated] = [placeOf(ingestionColumn), placeOf('TimeGenerated')];
  rows.forEach((row, index) => {
    ingested.set(row, given.rows[index]?.[own] ?? given.rows[index]?.[generated] ?? null);
  });
}
