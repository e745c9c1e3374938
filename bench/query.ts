import { DuckDBInstance } from '@duckdb/node-api';
import { performance } from 'node:perf_hooks';
import { compileQuery, runQuery } from '../src/engine/compile-query.ts';
import type { QueryPlan } from '../src/engine/compile-query.ts';
import type { RunInput } from '../src/engine/scope.ts';
import { valueToText } from '../src/engine/value-text.ts';
import { Datetime } from '../src/engine/value.ts';
import type { Row, Value } from '../src/engine/value.ts';
import { analyseQuery } from '../src/kql/bind-query.ts';
import { buildQueryRows, queryColumns, queryNow } from './query-rows.ts';
import type { Figure } from './run.ts';

const count = 1_000_000;
const runs = 5;

const kql = `SecurityEvent
| where TimeGenerated > ago(1d) and EventID == 4688
| where CommandLine has "powershell"
| summarize Events = count(), Accounts = dcount(Account), First = min(TimeGenerated), Last = max(TimeGenerated) by Computer`;

/** The same by hand; ticks are whole numbers there, so that no digit is lost. */
const sql = `select Computer, count(*) as Events, count(distinct Account) as Accounts,
  min(TimeGenerated) as First, max(TimeGenerated) as Last
from SecurityEvent
where TimeGenerated > ${queryNow.ticks - 864_000_000_000n} and EventID = 4688
  and regexp_matches(lower(CommandLine), '(^|[^\\p{L}\\p{N}])powershell($|[^\\p{L}\\p{N}])')
group by Computer`;

/** `where` + `has` + `summarize` over a million rows in memory, against DuckDB over the same rows in its memory. */
export async function benchQuery(): Promise<readonly Figure[]> {
  const rows = buildQueryRows(count);
  const plan = planQuery();
  const input: RunInput = {
    tables: new Map([['SecurityEvent', { columns: queryColumns, rows }]]),
    now: queryNow,
  };
  const own = await measure(() => runQuery(plan, input));
  const memory = process.resourceUsage().maxRSS / 1_024;
  const theirs = await runDuck(rows);
  const [given, wanted] = [textOf(own.result.rows), textOf(theirs.result)];
  if (given !== wanted) throw new Error('the engine and DuckDB do not give the same rows');
  const name = `where + has + summarize over ${count.toLocaleString('en')} rows`;
  return [
    { name, value: own.time, unit: 'ms', target: 1_000 },
    { name: `${name}, to DuckDB by hand`, value: own.time / theirs.time, unit: 'times' },
    { name: `${name}, memory of the process`, value: memory, unit: 'MB', target: 1_024 },
  ];
}

function planQuery(): QueryPlan {
  const schema = {
    standardColumns: [],
    tables: new Map([
      [
        'SecurityEvent',
        { name: 'SecurityEvent', source: 'bench', columns: queryColumns as never, isOpen: false },
      ],
    ]),
    functions: new Map(),
    watchlists: new Map(),
  };
  const { tree } = analyseQuery(kql, schema);
  const compiled = tree && compileQuery(tree);
  if (!compiled || 'unsupported' in compiled) throw new Error('the query of the benchmark does not compile');
  return compiled.plan;
}

interface Measured<Result> {
  readonly result: Result;
  /** The median of the runs in milliseconds. */
  readonly time: number;
}

async function measure<Result>(task: () => Result | Promise<Result>): Promise<Measured<Result>> {
  let result = await task(); // warm
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    result = await task();
    times.push(performance.now() - start);
  }
  return { result, time: times.sort((a, b) => a - b)[runs >> 1] ?? 0 };
}

async function runDuck(rows: readonly Row[]): Promise<Measured<readonly Row[]>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`create table SecurityEvent
      (TimeGenerated bigint, Computer varchar, EventID int, Account varchar, CommandLine varchar, ProcessId bigint)`);
    const appender = await connection.createAppender('SecurityEvent');
    for (const [time, computer, event, account, command, process] of rows) {
      appender.appendBigInt((time as Datetime).ticks);
      appender.appendVarchar(computer as string);
      appender.appendInteger(Number(event));
      appender.appendVarchar(account as string);
      appender.appendVarchar(command as string);
      appender.appendBigInt(process as bigint);
      appender.endRow();
    }
    appender.closeSync();
    return await measure(async () => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRows().map((row) => row as unknown as Row);
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Rows in one order; times as their ticks. */
function textOf(rows: readonly Row[]): string {
  const plain = (value: Value): string =>
    value instanceof Datetime ? String(value.ticks) : valueToText(value);
  return rows
    .map((row) => row.map(plain).join())
    .sort()
    .join('\n');
}
