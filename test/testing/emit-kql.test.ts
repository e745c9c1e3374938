/** @jest-environment ./test/support/kusto-environment.js */
import { compileQuery, runQuery } from '../../src/engine/compile-query.ts';
import { keyOf } from '../../src/engine/semantics.ts';
import type { RowSet } from '../../src/engine/scope.ts';
import { analyseQuery } from '../../src/kql/bind-query.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { extendSchema } from '../../src/kql/schemas/extend-schema.ts';
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';
import type { WorkspaceSchema } from '../../src/kql/schemas/workspace-schema.ts';
import { emitDetection } from '../../src/testing/emit-kql/emit-detection.ts';
import { isSameResult } from '../../src/testing/emit-kql/is-same-result.ts';
import { loadTests } from '../../src/testing/load-tests.ts';
import { testDetection, type DetectionTest } from '../../src/testing/test-detection.ts';
import { at } from '../support/run-kql.ts';
import { detectionOf, failedSignIns } from '../support/run-scenarios.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Functions that a repository keeps under functions/, and a table of its own that may have any column. */
async function buildSchema(): Promise<WorkspaceSchema> {
  const stored = (name: string, parameters: string, body: string) =>
    ({ kind: 'stored', name, parameters, body, source: `functions/${name}.kql` }) as const;
  return extendSchema(await loadBuiltinSchema(), {
    functions: [
      stored(
        'Failures',
        'since:timespan=1h',
        'SigninLogs | where ResultType != "0" and TimeGenerated > ago(since)',
      ),
      stored('FailuresOfGuests', '', 'Failures\n\n| where UserType == "Guest"'),
    ],
    tables: [
      {
        name: 'Own_CL',
        source: 'test',
        isOpen: true,
        columns: [{ name: 'TimeGenerated', type: 'datetime' }],
      },
    ],
  });
}

/** One for all tests: what is bound to it is kept. */
let schema: Promise<WorkspaceSchema> | undefined;

interface Emitted {
  readonly test: DetectionTest;
  readonly queries: readonly string[];
  readonly messages: readonly string[];
  readonly lines: readonly (number | undefined)[];
}

/** Emits one scenario; the query starts at line 12 of the detection. */
async function emit(query: string, given: string, detection = failedSignIns): Promise<Emitted> {
  const lines = query.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  const text = detection
    .replace(/ {2}SigninLogs\n[\s\S]*?(?=entityMappings)/, () => `${lines.join('\n')}\n`)
    .replace(/entityMappings[\s\S]*/, '');
  const tests = `scenarios:\n  - name: gives rows\n    expect: {rows: 7777}\n${given.replaceAll(/^/gm, '    ')}\n`;
  const { tests: loaded, diagnostics } = loadTests('detections/x.tests.yaml', bytesOf(tests));
  if (loaded === undefined) throw new Error(JSON.stringify(diagnostics));
  schema ??= buildSchema();
  const context = { schema: await schema, environments: new Map() };
  const test = testDetection(detectionOf(text), loaded, { ...context, files: new Map() });
  const { queries, diagnostics: found } = await emitDetection(test, context);
  return {
    test,
    queries: queries.map((each) => each.query),
    messages: [...test.diagnostics, ...found]
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => message),
    lines: found.map(({ span }) => span?.start.line),
  };
}

/** Runs a query by itself: nothing is there but what it brings, and the clock shows another time. */
function runAlone(query: string): RowSet {
  const { bound, tree } = analyseQuery(query, emptySchema);
  expect(bound.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const compiled = compileQuery(tree!);
  if ('unsupported' in compiled) throw new Error(JSON.stringify(compiled.unsupported));
  return runQuery(compiled.plan, { tables: new Map(), now: at('2020-02-02T00:00:00Z') });
}

const signIn =
  'given: {SigninLogs: [{ResultType: "1", UserPrincipalName: a, UserType: Guest}, {ResultType: "0"}]}';
const text = 'AppDisplayName';
const awkward = String.raw`"a \"quoted\" 'text' \\ with // no comment, tab\t, lines\n, \u2028\u2029\u0000\u0085 and 🦊; ago(1h)"`;

/** name, query, scenario, and a row that must be among those of the emitted query. */
const cases: readonly (readonly [string, string, string, readonly unknown[]])[] = [
  [
    'texts of every kind',
    `SigninLogs | project ${text}, n = strlen(${text})`,
    `given: {SigninLogs: [{${text}: ${awkward}}]}`,
    [JSON.parse(awkward), BigInt(Array.from(JSON.parse(awkward) as string).length)],
  ],
  [
    'dynamic values of every kind',
    'SigninLogs | project a = tostring(LocationDetails), t = gettype(Status), s = tostring(Status)',
    String.raw`given: {SigninLogs: [{LocationDetails: {"a\"b": [1, 1.5, true, null, "x\\y\n\u2028", {}], city: 9007199254740993, big: 1e20}, Status: "plain"}]}`,
    [
      String.raw`{"a\"b":[1,1.5,true,null,"x\\y\n` +
        '\u2028' +
        String.raw`",{}],"city":9007199254740992.0,"big":100000000000000000000.0}`,
      'string',
      'plain',
    ],
  ],
  [
    'a dynamic value that is a mapping of lists',
    'SigninLogs | mv-expand p = DeviceDetail.parts | project p = toint(p)',
    'given: {SigninLogs: [{DeviceDetail: {parts: [4, 5]}}]}',
    [5n],
  ],
  [
    'columns that no row gives, of every type',
    'AppServiceHTTPLogs | project isnull(TimeTaken), isempty(CsHost), isnull(TimeGenerated)',
    'given: {AppServiceHTTPLogs: [{}]}',
    [true, true, false],
  ],
  [
    'the clock, in calls within calls, in texts and in comments',
    'SigninLogs\n| extend a = ago(1h + (now() - ago(1d))), b = now(-1d), c = "ago(1h) now()" // now()\n| project a, b, c',
    signIn,
    [at('2026-01-14T11:00:00Z'), at('2026-01-14T12:00:00Z'), 'ago(1h) now()'],
  ],
  [
    'the clock in a function of the query',
    'let since = (s:timespan) { now() - s };\nlet f = (T:(TimeGenerated:datetime)) { T | where TimeGenerated > ago(5m) };\nSigninLogs | invoke f() | project a = since(1m)',
    signIn,
    [at('2026-01-15T11:59:00Z')],
  ],
  [
    'a watchlist whose alias a name gives',
    'let alias = "VIPs";\n_GetWatchlist(alias) | project User, SearchKey',
    'given: {}\nwatchlists: {vips: [{User: a, SearchKey: k}]}',
    ['a', 'k'],
  ],
  [
    'a watchlist that no schema describes, of which the query reads more than is given',
    '_GetWatchlist("VIPs") | project User, Missing',
    'given: {}\nwatchlists: {VIPs: [{User: a}]}',
    ['a', ''],
  ],
  [
    'files over several lines',
    'let Iocs = externaldata(Ip:string, Score:long)\n[\n  @"https://example.com/a.csv",\n  "https://example.com/b.csv"\n]\nwith (format="csv");\nIocs | project Ip, Score',
    'given: {}\nexternal: {"https://example.com/a.csv": [{Ip: 192.0.2.1, Score: "5"}], "https://example.com/b.csv": []}',
    ['192.0.2.1', 5n],
  ],
  [
    'a parser of which only the columns are known, called both ways',
    'union (_Im_Dns(starttime=ago(1h), endtime=now()) | project DnsQuery), (_Im_Dns | project DnsQuery)\n| summarize n = count() by DnsQuery',
    'given: {}\nfunctions: {_Im_Dns: [{DnsQuery: example.com}]}',
    ['example.com', 2n],
  ],
  [
    'functions of the repository that call each other, with brackets and without',
    'union FailuresOfGuests, (Failures(10s)), (Failures(since=1h))\n| summarize n = count() by UserPrincipalName',
    signIn,
    ['a', 2n],
  ],
  [
    'a lookup that the service answers',
    'SigninLogs | extend g = geo_info_from_ip_address(IPAddress) | project c = tostring(g.country)',
    'given: {SigninLogs: [{IPAddress: 192.0.2.1}, {IPAddress: 192.0.2.2}]}\nfunctions: {geo_info_from_ip_address: [{ip_address: 192.0.2.2, country: Norway}]}',
    ['Norway'],
  ],
  [
    'a scalar function of which nobody knows the body',
    'SigninLogs | project u = _ASIM_GetUsernameType(UserPrincipalName)',
    'given: {SigninLogs: [{UserPrincipalName: a@b}]}\nfunctions: {_ASIM_GetUsernameType: [{username: x, result: Simple}, {username: a@b, result: UPN}]}',
    ['UPN'],
  ],
  [
    'a function that adds columns to what is piped into it',
    'DeviceFileEvents | invoke FileProfile(InitiatingProcessSHA1, 1000) | project FileName, GlobalPrevalence',
    'given: {DeviceFileEvents: [{FileName: a.exe, InitiatingProcessSHA1: aa}, {FileName: b.exe}]}\nfunctions: {FileProfile: [{SHA1: aa, GlobalPrevalence: 7}]}',
    ['a.exe', 7n],
  ],
  [
    'a name that hides its own table',
    'let SigninLogs = SigninLogs | where ResultType != "0";\nSigninLogs | project UserPrincipalName',
    signIn,
    ['a'],
  ],
  [
    'a pattern of tables',
    'union AADNonInteractive*, SigninLogs\n| project UserPrincipalName, Type',
    'given: {AADNonInteractiveUserSignInLogs: [{UserPrincipalName: a}]}',
    ['a', 'AADNonInteractiveUserSignInLogs'],
  ],
  [
    'a table that the union can do without',
    'union isfuzzy=true NotThere_CL, SigninLogs | project UserPrincipalName',
    signIn,
    ['a'],
  ],
  [
    'a table by its name as text',
    'let name = "SigninLogs";\ntable(name) | project UserPrincipalName',
    signIn,
    ['a'],
  ],
  [
    'a table of another workspace',
    'union SigninLogs, workspace("contoso-eu").SigninLogs | project UserPrincipalName',
    `given: {'workspace("contoso-eu").SigninLogs': [{UserPrincipalName: eu}], SigninLogs: [{UserPrincipalName: own}]}`,
    ['eu'],
  ],
  ['every column in the result', 'SigninLogs | where ResultType == "1"', signIn, ['a', 'Guest']],
  [
    'every column in a bag',
    'SigninLogs | project n = array_length(bag_keys(pack_all())), k = tostring(pack_all().UserType)',
    signIn,
    [102n, 'Guest'],
  ],
  [
    'every column as rows of a schema',
    'SigninLogs | getschema | where ColumnName == "UserType" | project ColumnOrdinal',
    signIn,
    [94n],
  ],
  [
    'columns that clash in a join',
    'SigninLogs | join kind=inner (SigninLogs | project UserPrincipalName, ResultType) on UserPrincipalName | project ResultType1',
    signIn,
    ['1'],
  ],
  [
    'columns that no schema lists',
    'Own_CL | where Score_d > 1 | project User_s, Other_s',
    'given: {Own_CL: [{User_s: a, Score_d: 2}]}',
    ['a', ''],
  ],
  [
    'blank lines, but for those in a text',
    'let t = ```one\n\ntwo```;\n\n\nSigninLogs\n\n| project t, UserPrincipalName\n\n;\n\n// the end',
    signIn,
    ['one\n\ntwo', 'a'],
  ],
  [
    'rows outside of the window',
    'SigninLogs | summarize n = count()',
    'given: {SigninLogs: [{TimeGenerated: -1h}, {TimeGenerated: -61m}, {TimeGenerated: now}, {TimeGenerated: -1s}]}',
    [2n],
  ],
  ['a table that is not asked for a time', 'let n = toscalar(SigninLogs | count);\nprint n', signIn, [2n]],
  ['a table without rows', 'SigninLogs | summarize n = count()', 'given: {}', [0n]],
];

test.each(cases)('a query by itself gives %s as the scenario has them', async (_what, query, given, row) => {
  const { test: ran, queries, messages } = await emit(query, given);
  expect(messages.filter((message) => !message.includes('7777'))).toEqual([]);
  expect(queries).toHaveLength(1);
  const alone = runAlone(queries[0]!);
  const expected = ran.results[0]!.run!.result;
  expect(isSameResult(alone, expected)).toBe(true);
  const hasAll = (found: RowSet['rows'][number]): boolean =>
    row.every((value) => found.some((one) => keyOf([one]) === keyOf([value as never])));
  expect(alone.rows.filter(hasAll)).not.toEqual([]);
});

const nrt = failedSignIns
  .replace('kind: Scheduled', 'kind: NRT')
  .replace(/^(queryFrequency|queryPeriod|triggerOperator|triggerThreshold).*\n/gm, '');

test('a near-real-time query reads what came in within its minute', async () => {
  const given = `given:
  SigninLogs:
    - {UserPrincipalName: late, TimeGenerated: -1h, _IngestionTime: -10s}
    - {UserPrincipalName: old, TimeGenerated: -1h}
    - {UserPrincipalName: new}`;
  const { queries } = await emit('SigninLogs | project UserPrincipalName', given, nrt);
  expect(runAlone(queries[0]!).rows).toEqual([['late'], ['new']]);
});

test('a query without blank lines says in comments what it is and what came of it here', async () => {
  const { queries } = await emit('SigninLogs\n\n| where ResultType == "1"\n| project UserType', signIn);
  expect(queries[0]).toBe(`// detection: Failed sign-in (detections/x.yaml)
// scenario: gives rows (detections/x.tests.yaml:2)
// time of the run: 2026-01-15T12:00:00.0000000Z
// expected: 7777 rows
// alerts here: 1
//   Failed sign-in | Medium
// rows here: 1
//   {"UserType":"Guest"}
let SigninLogs = datatable(ResultType:string, TimeGenerated:datetime, Type:string, UserPrincipalName:string, UserType:string)[
    "1", datetime(2026-01-15T11:59:30.0000000Z), "SigninLogs", "a", "Guest",
    "0", datetime(2026-01-15T11:59:30.0000000Z), "SigninLogs", "", ""
]
| where TimeGenerated >= datetime(2026-01-15T11:00:00.0000000Z) and TimeGenerated < datetime(2026-01-15T12:00:00.0000000Z);
SigninLogs
| where ResultType == "1"
| project UserType
`);
});

test.each([
  ['when a row came in', 'SigninLogs\n| extend i = ingestion_time()', 13, 'ingestion_time()'],
  ['a search of everything', 'search "a"', 12, 'every table'],
  ['a union of everything', 'union *\n| count', 12, 'the pattern "*"'],
  [
    'the names of tables',
    'SigninLogs\n| union withsource=Source AuditLogs\n| where Source == "AuditLogs"\n| project Source',
    13,
    'withsource',
  ],
])('a query that asks for %s is refused at its line', async (_what, query, line, construct) => {
  const { queries, messages, lines } = await emit(query, 'given: {SigninLogs: [{}], AuditLogs: [{}]}');
  expect([queries, lines]).toEqual([[], [line]]);
  expect(messages.join('\n')).toContain(construct);
});
