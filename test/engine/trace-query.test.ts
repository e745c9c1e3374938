/** @jest-environment ./test/support/kusto-environment.js */
import { compileQuery, runQuery } from '../../src/engine/compile-query.ts';
import { parseDatetime } from '../../src/engine/datetime-text.ts';
import { compileTraced, traceQuery } from '../../src/engine/trace-query.ts';
import type { QueryTrace } from '../../src/engine/trace-query.ts';
import { analyseQuery } from '../../src/kql/bind-query.ts';
import type { WorkspaceSchema } from '../../src/kql/schemas/workspace-schema.ts';

const columns = [
  { name: 'Account', type: 'string' },
  { name: 'Hits', type: 'long' },
] as const;
const schema: WorkspaceSchema = {
  standardColumns: [],
  tables: new Map(
    ['Logons', 'Known'].map((name) => [name, { name, source: 'test', columns, isOpen: false }]),
  ),
  functions: new Map(),
  watchlists: new Map(),
};
const input = {
  now: parseDatetime('2026-01-02T00:00:00Z')!,
  tables: new Map([
    [
      'Logons',
      {
        columns,
        rows: [
          ['root', 3n],
          ['guest', 4n],
          ['guest', 1n],
        ],
      },
    ],
    ['Known', { columns, rows: [['root', 0n]] }],
  ]),
};

function trace(query: string): QueryTrace {
  const { tree } = analyseQuery(query, schema);
  const compiled = compileTraced(tree!);
  if ('unsupported' in compiled) throw new Error(compiled.unsupported[0]?.message);
  return traceQuery(compiled.traced, input);
}

/** `3 Logons`, and that the text is where the step says. */
function linesOf(query: string): readonly string[] {
  return trace(query).steps.map(({ step, rows }) => {
    expect(query.slice(step.start, step.start + step.length)).toBe(step.text);
    return `${rows.length} ${step.text}`;
  });
}

test.each([
  [
    'the operators of a pipe',
    'Logons | where Hits > 1 | summarize count() by Account',
    ['3 Logons', '2 where Hits > 1', '2 summarize count() by Account'],
  ],
  [
    'both legs of a join, in front of it',
    'Logons | where Hits > 1 | join kind=leftanti (Known | where Hits == 0) on Account',
    [
      '3 Logons',
      '2 where Hits > 1',
      '1 Known',
      '1 where Hits == 0',
      '1 join kind=leftanti (Known | where Hits == 0) on Account',
    ],
  ],
  [
    'what a let holds, once',
    'let Few = Logons | where Hits < 4; Few | union Few',
    ['3 Logons', '2 where Hits < 4', '4 union Few'],
  ],
  [
    'the body of a function, where it stands',
    'let few = (most: long) {\n  Logons | where Hits < most\n};\nfew(2) | count',
    ['3 Logons', '1 where Hits < most', '1 count'],
  ],
  [
    'a function in a function',
    'let inner = () { Logons | take 2 }; let outer = () { inner() | take 1 }; outer()',
    ['3 Logons', '2 take 2', '1 take 1'],
  ],
  [
    'a query for one value',
    'Logons | where Hits > toscalar(Known | project Hits | take 1) | count',
    [
      '3 Logons',
      '1 Known',
      '1 project Hits',
      '1 take 1',
      '3 where Hits > toscalar(Known | project Hits | take 1)',
      '1 count',
    ],
  ],
  [
    'a subquery that is run for each row, over all its runs',
    'Logons | mv-apply x = pack_array(Hits, 9) to typeof(long) on (where x > 3)',
    ['3 Logons', '4 where x > 3', '4 mv-apply x = pack_array(Hits, 9) to typeof(long) on (where x > 3)'],
  ],
  [
    'operators on columns that only the rows tell',
    'Logons | extend bag = bag_pack("a", Hits) | evaluate bag_unpack(bag) | where a > 1',
    ['3 Logons', '3 extend bag = bag_pack("a", Hits)', '3 evaluate bag_unpack(bag)', '2 where a > 1'],
  ],
])('a trace shows %s', (_what, query, lines) => {
  expect(linesOf(query)).toEqual(lines);
});

test('each step knows who reads it, also through a name', () => {
  const { steps, readersOf } = trace(
    'let Few = Logons | where Hits < 4; Few | join (Few | count) on $left.Hits == $right.Count',
  );
  const readers = steps.map(({ step }) => readersOf(step).map(({ text }) => text.split(' ', 1)[0]));
  expect(readers).toEqual([['where'], ['join', 'count'], ['join'], []]);
});

test('a plan without a trace gives the tables as they are', () => {
  const compiled = compileQuery(analyseQuery('Logons', schema).tree!);
  if (!('plan' in compiled)) throw new Error('the query does not compile');
  expect(runQuery(compiled.plan, input).rows).toBe(input.tables.get('Logons')?.rows);
});
