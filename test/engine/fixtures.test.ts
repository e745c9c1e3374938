/** @jest-environment ./test/support/kusto-environment.js */
import type { RunInput } from '../../src/engine/scope.ts';
import type { TableSchema, WorkspaceSchema } from '../../src/kql/schemas/workspace-schema.ts';
import { at, refusalOf, runOver } from '../support/run-kql.ts';

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Account', type: 'string' },
  { name: 'Hits', type: 'long' },
] as const;
const logons: TableSchema = { name: 'Logons', source: 'test', columns, isOpen: false };
const schema: WorkspaceSchema = {
  standardColumns: [],
  tables: new Map([
    ['Logons', logons],
    ['Arrivals', { ...logons, name: 'Arrivals' }],
    ['Open_CL', { name: 'Open_CL', source: 'test', columns: columns.slice(0, 1), isOpen: true }],
  ]),
  functions: new Map([
    [
      '_Im_Logons',
      {
        kind: 'declared',
        name: '_Im_Logons',
        parameters: 'starttime:datetime=datetime(null)',
        source: 'test',
        columns,
        isOpen: false,
      },
    ],
    [
      'MoreThan',
      {
        kind: 'stored',
        name: 'MoreThan',
        parameters: 'least:long=3',
        source: 'test',
        body: 'Logons | where Hits > least',
      },
    ],
    [
      'Enrich',
      {
        kind: 'stored',
        name: 'Enrich',
        parameters: 'T:(*), key:string="Account"',
        source: 'test',
        body: 'T | extend Score = long(null)',
        isOutline: true,
      },
    ],
    [
      'Rate',
      { kind: 'stored', name: 'Rate', parameters: 'who:string', source: 'test', body: '""', isOutline: true },
    ],
    [
      'Stub',
      {
        kind: 'stored',
        name: 'Stub',
        parameters: 'x:long',
        source: 'test',
        body: 'print Y = 1',
        isOutline: true,
      },
    ],
  ]),
  watchlists: new Map([
    ['vips', { alias: 'vips', source: 'test', columns: [{ name: 'Name', type: 'string' }] }],
  ]),
};
function textColumns(
  ...names: readonly string[]
): readonly { readonly name: string; readonly type: 'string' }[] {
  return names.map((name) => ({ name, type: 'string' }));
}

const rows = [
  [at('2026-01-01T23:00:00Z'), 'root', 3n],
  [at('2026-01-01T22:00:00Z'), 'guest', 4n],
];
const input: Partial<RunInput> = {
  tables: new Map([
    ['Logons', { columns, rows }],
    [
      'Arrivals',
      {
        columns: [...columns, { name: '_IngestionTime', type: 'datetime' }],
        rows: rows.map((row, index) => [...row, index === 0 ? at('2026-01-01T23:05:00Z') : null]),
      },
    ],
    ['Open_CL', { columns: [{ name: 'Extra', type: 'string' }], rows: [['x']] }],
  ]),
  watchlists: new Map([
    [
      'VIPs',
      {
        columns: [
          { name: 'SearchKey', type: 'string' },
          { name: 'Name', type: 'string' },
        ],
        rows: [['root', 'Root']],
      },
    ],
    ['unlisted', { columns: [{ name: 'Name', type: 'string' }], rows: [['x']] }],
  ]),
  external: new Map([
    [
      'https://a',
      {
        columns: [
          { name: 'n', type: 'string' },
          { name: 's', type: 'string' },
        ],
        rows: [['7', 'x']],
      },
    ],
  ]),
  functions: new Map([
    ['_Im_Logons', { columns, rows: rows.slice(0, 1) }],
    ['Enrich', { columns: textColumns('Account', 'Score'), rows: [['root', '9']] }],
    ['Rate', { columns: textColumns('who', 'result'), rows: [['root', 'high']] }],
    [
      'geo_info_from_ip_address',
      { columns: textColumns('ip_address', 'country'), rows: [['10.0.0.1', 'Utopia']] },
    ],
  ]),
  databases: new Map([['contoso', new Map([['Logons', { columns, rows: rows.slice(1) }]])]]),
};

test.each([
  [
    'columns of a fixture may be left out, and come in any order',
    '_GetWatchlist("VIPS") | project Name, SearchKey, _DTItemId',
    ['Name|SearchKey|_DTItemId', 'Root|root|'],
  ],
  [
    'a watchlist that no schema knows has the columns of its rows',
    '_GetWatchlist("unlisted") | project Name',
    ['Name', 'x'],
  ],
  [
    'externaldata has the types that the query declares',
    'externaldata(s: string, n: long)[h@"https://a"] with (format="csv")',
    ['s|n', 'x|7'],
  ],
  [
    'a function without a body gives the rows of its fixture, and nobody filters them',
    '_Im_Logons(starttime=now()) | project Account',
    ['Account', 'root'],
  ],
  ['a function can be named without parentheses', '_Im_Logons | count', ['Count', '1']],
  ['a stored function gets its defaults', 'MoreThan | project Account', ['Account', 'guest']],
  ['a stored function gets its arguments', 'MoreThan(2) | count', ['Count', '2']],
  [
    'a stored function does not see the names of its caller',
    'let least = 100; MoreThan() | count',
    ['Count', '1'],
  ],
  [
    'another workspace has tables of its own',
    'union Logons, workspace("contoso").Logons | summarize n = count() by Account | sort by Account asc',
    ['Account|n', 'guest|2', 'root|1'],
  ],
  ['a workspace without fixtures is empty', 'workspace("fabrikam").Logons | count', ['Count', '0']],
  ['table() names a table', 'table("Logons") | count', ['Count', '2']],
  [
    'a table with an open list of columns has those of its fixture too',
    'Open_CL | project Extra',
    ['Extra', 'x'],
  ],
  [
    'a column that no row of an open table has is empty',
    'Open_CL | where isempty(Nothing_s) | project Extra',
    ['Extra', 'x'],
  ],
  ['a table without a fixture is empty', 'Open_CL | where Foo == "a" | count', ['Count', '0']],
  [
    'ingestion_time() is a column of the fixture that no query sees, and passes through operators that keep rows',
    'Arrivals | extend n = Hits + 1 | where n > 0 | project Account, late = ingestion_time() - TimeGenerated',
    ['Account|late', 'root|00:05:00', 'guest|00:00:00'],
  ],
  [
    'a function that adds columns takes them from the row with the same key',
    'Logons | invoke Enrich("Account") | project Account, Score | sort by Account asc',
    ['Account|Score', 'guest|null', 'root|9'],
  ],
  [
    'a function without a body gives the result of the row with the same arguments',
    'print a = Rate("root"), b = Rate("x")',
    ['a|b', 'high|'],
  ],
  [
    'a lookup of an address gives the other columns of its row as a bag',
    'print a = tostring(geo_info_from_ip_address("10.0.0.1").country)',
    ['a', 'Utopia'],
  ],
  [
    'a pattern of tables stands for all that match',
    'union withsource=T Logo*, Arr* | summarize n = count() by T | sort by T asc',
    ['T|n', 'Arrivals|2', 'Logons|2'],
  ],
  [
    'search names the table of each row',
    'search in (Logons, Arrivals) Account == "root" | project $table, Hits',
    ['$table|Hits', 'Logons|3', 'Arrivals|3'],
  ],
  [
    'find shows where rows are from, the columns asked for, and the rest as a bag',
    'find in (Logons, Arrivals) where Account == "root" project Hits, pack(*) | project source_, Hits, a = tostring(pack_.Account)',
    ['source_|Hits|a', 'Logons|3|root', 'Arrivals|3|root'],
  ],
])('%s', (_sentence, query, expected) => {
  expect(runOver(query, schema, input)).toEqual(expected);
});

test.each([
  ['_GetWatchlist("nobody") | count', 'the watchlist "nobody"'],
  ['externaldata(s: string)["https://b"]', 'the file "https://b"'],
  ['Stub(1)', 'the function Stub()'],
  ['adx("https://c").T | count', '"T" of adx("https://c")'],
])('what is read must have a fixture: %s', (query, construct) => {
  expect(refusalOf(query, schema, input)).toMatchObject({ code: 'kql/fixture-missing', construct });
});
