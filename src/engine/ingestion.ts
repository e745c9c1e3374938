/** `ingestion_time()`: rows remember when they came in as long as they are rows of a table. */
import type { QueryNode } from '../kql/query-node.ts';
import { refuse } from './scope.ts';
import type { Run, Scalar, Scope, Table } from './scope.ts';
import type { Row } from './value.ts';

/** Operators that make a row of each row, in the same order. Those that pass rows through as they are need no care. */
const rowByRow: ReadonlySet<string> = new Set([
  'ExtendOperator',
  'ParseKvOperator',
  'ParseOperator',
  'ProjectAwayOperator',
  'ProjectByNamesOperator',
  'ProjectKeepOperator',
  'ProjectOperator',
  'ProjectRenameOperator',
  'ProjectReorderOperator',
  'SerializeOperator',
]);

/** Compiles an operator so that the rows that it makes came in when those that they are made of did. */
export function carryIngestion(node: QueryNode, input: Table, compile: (input: Table) => Table): Table {
  if (!rowByRow.has(node.kind)) return compile(input);
  let before: readonly Row[] = [];
  const table = compile({
    ...input,
    rows: (run) => {
      before = input.rows(run);
      return before;
    },
  });
  const { late } = table;
  if (late) return table;
  return {
    ...table,
    rows: (run) => {
      const rows = table.rows(run);
      const { ingested } = run;
      if (ingested) carry(before, rows, ingested);
      return rows;
    },
  };
}

function carry(before: readonly Row[], rows: readonly Row[], ingested: NonNullable<Run['ingested']>): void {
  rows.forEach((row, index) => {
    const source = before[index];
    if (source && ingested.has(source)) ingested.set(row, ingested.get(source) ?? null);
  });
}

/** The call of `ingestion_time()`. */
export function compileIngestionTime(node: QueryNode, scope: Scope): Scalar {
  scope.compilation.asksIngestion = true;
  return (row, { run }) => {
    const { ingested } = run;
    return ingested?.has(row)
      ? (ingested.get(row) ?? null)
      : refuse(scope, node, 'ingestion_time() of rows that are no rows of a table');
  };
}
