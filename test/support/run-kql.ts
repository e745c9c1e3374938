import { compileQuery, runQuery } from '../../src/engine/compile-query.ts';
import { parseDatetime } from '../../src/engine/datetime-text.ts';
import { UnsupportedError } from '../../src/engine/scope.ts';
import type { RunInput, UnsupportedConstruct } from '../../src/engine/scope.ts';
import { valueToText } from '../../src/engine/value-text.ts';
import type { Datetime } from '../../src/engine/value.ts';
import { analyseQuery } from '../../src/kql/bind-query.ts';
import type { WorkspaceSchema } from '../../src/kql/schemas/workspace-schema.ts';

/** A point in time. */
export function at(text: string): Datetime {
  const time = parseDatetime(text);
  if (time === null) throw new Error(`no time: ${text}`);
  return time;
}

/** A query's rows as texts, with the names of the columns first. The clock stands at 2026-01-02T00:00:00Z. */
export function runOver(
  query: string,
  schema: WorkspaceSchema,
  input: Partial<RunInput> = {},
): readonly string[] {
  const { tree, bound } = analyseQuery(query, schema);
  const [error] = bound.diagnostics.filter(({ severity }) => severity === 'error');
  if (tree === undefined || error) throw new Error(`${query}: ${error?.message ?? 'no tree'}`);
  const compiled = compileQuery(tree);
  if ('unsupported' in compiled) throw new UnsupportedError(compiled.unsupported[0]!);
  const { columns, rows } = runQuery(compiled.plan, {
    tables: new Map(),
    now: at('2026-01-02T00:00:00Z'),
    ...input,
  });
  return [
    columns.map(({ name }) => name).join('|'),
    ...rows.map((row) => row.map((value) => (value === null ? 'null' : valueToText(value))).join('|')),
  ];
}

/** Why the engine refuses a query, when it is compiled or when it runs. */
export function refusalOf(
  query: string,
  schema: WorkspaceSchema,
  input: Partial<RunInput> = {},
): UnsupportedConstruct | undefined {
  try {
    runOver(query, schema, input);
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return error.unsupported;
    throw error;
  }
}
