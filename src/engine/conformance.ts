import { analyseQuery } from '../kql/bind-query.ts';
import { emptySchema } from '../kql/schemas/workspace-schema.ts';
import { compileQuery, runQuery } from './compile-query.ts';
import { UnsupportedError } from './scope.ts';
import type { RowSet } from './scope.ts';
import { compareRows } from './compare-rows.ts';
import { valueToText } from './value-text.ts';
import { Datetime } from './value.ts';

/** A query and the rows that a Kusto engine, or its documentation, gives for it. */
export interface ConformanceCase {
  readonly id: string;
  /** Who says so: `kusto-emulator`, `microsoft-docs` or `reimplementation-test`. */
  readonly authority?: string;
  readonly query: string;
  readonly expected: {
    readonly columns: readonly { readonly name: string; readonly type: string }[];
    readonly rows: readonly (readonly unknown[])[];
    readonly last_row_only?: boolean;
  };
  readonly ordered: boolean;
  readonly float_tolerance: number;
  readonly flags: readonly string[];
  readonly notes?: readonly string[];
}

/** What became of a case; `detail` says what differs, or what was refused. */
export interface ConformanceOutcome {
  readonly id: string;
  readonly verdict: 'right' | 'wrong' | 'refused';
  readonly detail: string;
}

/** 2024-06-15T12:00:00Z: no case depends on it. */
const frozenNow = new Datetime(638_540_496_000_000_000n);

/** Runs one case. A query that does not bind is refused; a crash is a wrong answer. */
export function runConformanceCase(item: ConformanceCase): ConformanceOutcome {
  try {
    const difference = findDifference(item);
    return { id: item.id, verdict: difference === undefined ? 'right' : 'wrong', detail: difference ?? '' };
  } catch (error) {
    if (error instanceof UnsupportedError) {
      return { id: item.id, verdict: 'refused', detail: error.unsupported.construct };
    }
    return { id: item.id, verdict: 'wrong', detail: `crashed: ${String(error)}` };
  }
}

function findDifference(item: ConformanceCase): string | undefined {
  const run = prepare(item.query);
  const rows = run(0);
  const isRandom = [1, 2].some((seed) => toText(run(seed)) !== toText(rows));
  return compareRows(rows, item, isRandom);
}

function toText({ rows }: RowSet): string {
  return JSON.stringify(rows.map((row) => row.map(valueToText)));
}

/** What runs a query with the numbers of a seed. */
function prepare(query: string): (seed: number) => RowSet {
  const { tree, bound } = analyseQuery(query, emptySchema);
  const error = bound.diagnostics.find(({ severity }) => severity === 'error');
  if (tree === undefined || error) throw unbound(error?.message ?? 'a query without a tree', query.length);
  const compiled = compileQuery(tree);
  if ('unsupported' in compiled) {
    const [first] = compiled.unsupported;
    throw first ? new UnsupportedError(first) : unbound('nothing', query.length);
  }
  const { plan } = compiled;
  return (seed) => runQuery(plan, { tables: new Map(), now: frozenNow, seed });
}

function unbound(reason: string, length: number): UnsupportedError {
  const construct = `a query that does not bind: ${reason}`;
  return new UnsupportedError({
    code: 'kql/unsupported',
    severity: 'error',
    message: `the engine does not support ${construct}`,
    construct,
    start: 0,
    length,
  });
}
