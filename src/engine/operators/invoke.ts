import { argumentsOf } from '../../kql/query-node.ts';
import type { QueryNode } from '../../kql/query-node.ts';
import { compileFunctionBody } from '../compile-function.ts';
import { partOf } from '../compile-scalar.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { functionRows } from '../fixtures.ts';
import { buildOver } from '../late-table.ts';
import { oncePerRun, refuse } from '../scope.ts';
import type { EngineColumn, RowSet, Scope, Table } from '../scope.ts';
import { keyOf } from '../semantics.ts';
import { valueToText } from '../value-text.ts';
import type { Row } from '../value.ts';
import type { OperatorCompiler } from './operator.ts';

/** `invoke`: a function whose first argument is what is piped into it. */
export const compileInvoke: OperatorCompiler = (node, input, scope) => {
  const call = partOf(node, 'Function', scope);
  const body = call.calledBody;
  if (!body) return compileEnrichment(call, input, scope);
  const binding = compileFunctionBody(call, body, { ...scope, columns: [] }, [
    { kind: 'table', table: input },
  ]);
  return binding.kind === 'table' ? binding.table : refuse(scope, node, `${node.text} as a table`);
};

/**
 * A function that adds columns to the rows that it gets, of which no body is known: the columns come from the fixture's row
 * that has the same value in the column that the call names, as `SHA1` in `invoke FileProfile(SHA1)`. The fixture's column
 * may be called as the end of that name: `SHA1` for `InitiatingProcessSHA1`.
 */
function compileEnrichment(call: QueryNode, input: Table, scope: Scope): Table {
  if (call.symbol?.kind !== 'function' || !call.rows) return refuse(scope, call, `invoke ${call.text}`);
  const keyName = enrichmentKey(call, scope);
  const added = call.rows.columns.filter(({ name }) => !input.columns.some((own) => own.name === name));
  const fixture = oncePerRun((run) => {
    const given = functionRows(call, run.input.functions, scope);
    return indexFixture(given, keyName, added);
  });
  return buildOver([input], ([table = input], isLate) => {
    const columns = [...table.columns, ...added];
    const key = table.columns.findIndex(({ name }) => name === keyName);
    if (key < 0 && !isLate) return refuse(scope, call, `${call.text} without the column "${keyName}"`);
    const empty = added.map(({ type }) => emptyOf(type));
    return {
      columns,
      rows: (run) => {
        const known = fixture(run);
        return table.rows(run).map((row) => [...row, ...(known.get(keyOf([row[key] ?? ''])) ?? empty)]);
      },
    };
  });
}

/** The column that a call names, as a name or as a text; else the function's default. */
function enrichmentKey(call: QueryNode, scope: Scope): string {
  const [argument] = argumentsOf(call);
  if (argument?.kind === 'NameReference' && argument.name !== undefined) return argument.name;
  if (typeof argument?.constant === 'string') return argument.constant;
  const fallback = call.calledParameters.at(1)?.fallback;
  const text = /^"(.*)"$/.exec(fallback ?? '')?.[1];
  return argument || text === undefined ? refuse(scope, call, call.text) : text;
}

function indexFixture(
  { columns, rows }: RowSet,
  keyName: string,
  added: readonly EngineColumn[],
): ReadonlyMap<string, Row> {
  const ends = columns.filter(({ name }) => keyName.endsWith(name)).map(({ name }) => name);
  const own = ends.includes(keyName) ? keyName : ends[0];
  const key = columns.findIndex(({ name }) => name === own);
  const places = added.map(({ name }) => columns.findIndex((column) => column.name === name));
  return new Map(
    rows
      .toReversed()
      .map((row): [string, Row] => [
        keyOf([valueToText(row[key] ?? null)]),
        added.map(({ type }, index) => convertTo(type, row[places[index] ?? -1] ?? emptyOf(type))),
      ]),
  );
}
