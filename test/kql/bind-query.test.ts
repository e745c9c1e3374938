/** @jest-environment ./test/support/kusto-environment.js */
import { bindQuery } from '../../src/kql/bind-query.ts';
import type { BoundQuery } from '../../src/kql/bound-query.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { extendSchema } from '../../src/kql/schemas/extend-schema.ts';
import type { SchemaAdditions } from '../../src/kql/schemas/extend-schema.ts';
import type { ScalarType } from '../../src/kql/schemas/workspace-schema.ts';

const builtin = await loadBuiltinSchema();

/** Binds to the built-in schema, with additions if there are any. */
function bind(query: string, additions?: SchemaAdditions): BoundQuery {
  return bindQuery(query, additions === undefined ? builtin : extendSchema(builtin, additions));
}

/** `code severity «text that the diagnostic marks»`, one a diagnostic. */
function findings(bound: BoundQuery): string[] {
  return bound.diagnostics.map(
    ({ code, severity, start, length }) => `${code} ${severity} «${bound.text.slice(start, start + length)}»`,
  );
}

/** `name:type` of the result's columns. */
function columns(bound: BoundQuery): string | undefined {
  return bound.result?.columns.map(({ name, type }) => `${name}:${type}`).join(' ');
}

describe('the result of a query', () => {
  test.each([
    ['SecurityEvent | project Account, Id = EventID', 'Account:string Id:int'],
    [
      'SecurityEvent | summarize count(), make_set(Account) by Computer',
      'Computer:string count_:long set_Account:dynamic',
    ],
    [
      'print a = 1.5, b = 1d, c = true, d = now(), e = dynamic([1])',
      'a:real b:timespan c:bool d:datetime e:dynamic',
    ],
    [
      'SecurityEvent | project Account | join kind=inner (SigninLogs | project Account = Identity, City = Location) on Account',
      'Account:string Account1:string City:string',
    ],
    ['let T = SecurityEvent | project Account; T | extend n = strlen(Account)', 'Account:string n:long'],
    ['datatable(a: string, b: long)["x", 1]', 'a:string b:long'],
    ['AuditLogs | project Who = InitiatedBy.user', 'Who:dynamic'],
    ['SecurityEvent; SigninLogs | project Identity', 'Identity:string'],
  ])('%s', (query, expected) => {
    const bound = bind(query);
    expect(findings(bound)).toEqual([]);
    expect(columns(bound)).toBe(expected);
    expect(bound.result?.isOpen).toBe(false);
  });

  test.each([
    'Unheard_CL | project Whatever',
    'AuditLogs | evaluate bag_unpack(InitiatedBy)',
    "externaldata(a: string)['https://example.org/a.csv'] | union Unheard_CL",
    "_GetWatchlist('vip') | project Upn",
    'AzureDiagnostics | project anything_s',
    'Okta_CL | project anything_s',
  ])('is open where columns may be missing from the list: %s', (query) => {
    expect(bind(query).result?.isOpen).toBe(true);
  });

  test('has the type unknown for a column that had to be assumed', () => {
    expect(columns(bind('Okta_CL | project TimeGenerated, anything_s'))).toBe(
      'TimeGenerated:datetime anything_s:unknown',
    );
  });

  test.each([
    '',
    '  // nothing but a comment',
    'let x = 1;',
    'toscalar(SecurityEvent | count)',
    '.show tables',
  ])('is absent without rows: %j', (query) => {
    expect(bind(query).result).toBeUndefined();
  });

  test.each([
    ['', 0],
    ['let x = 1;', 0],
    ['let x = 1; print x', 1],
    ['let x = 1; print x; print x', 2],
    ['set notruncation; SecurityEvent', 1],
    ['.show tables', 0],
  ])('of %j comes from %i statements', (query, count) => {
    expect(bind(query).resultStatements).toBe(count);
  });
});

describe('mistakes', () => {
  test.each([
    ['SecurityEvent | where Acount == "x"', ['kql/unknown-column error «Acount»']],
    ['SecurityEvent | where account == "x"', ['kql/unknown-column error «account»']],
    ['Unheard | take 1', ['kql/unknown-table error «Unheard»']],
    ['Unheard', ['kql/unknown-table error «Unheard»']],
    ['let T = Unheard; T | take 1', ['kql/unknown-table error «Unheard»']],
    ['securityevent | take 1', ['kql/unknown-table error «securityevent»']],
    ['union isfuzzy=true SecurityEvent, Unheard', ['kql/unknown-optional-table warning «Unheard»']],
    ['SecurityEvent | extend a = tolowwer(Account)', ['kql/unknown-function error «tolowwer»']],
    ['SecurityEvent | evaluate unheard()', ['kql/unknown-function error «unheard»']],
    ['SecurityEvent | where EventID has "46"', ['kql/type-mismatch error «has»']],
    ['SecurityEvent | where TimeGenerated > ago("1h")', ['kql/type-mismatch error «"1h"»']],
    ['SecurityEvent | extend a = strlen()', ['kql/argument-count error «strlen»']],
    ['let a = 1; let a = 2; print a', ['kql/duplicate-name error «a»']],
    ['SecurityEvent | where (Account == "x"', ['kql/syntax error «»']],
    ['SecurityEvent | where Account == "x', ['kql/syntax error «»']],
    ['SecurityEvent | where EventID == 1 Account', ['kql/syntax error «Account»']],
    ['{{placeholder}} | take 1', ['kql/syntax error «{»']],
    ['| take 1', ['kql/syntax error «|»']],
    ['.show tables', ['kql/command error «.show tables»']],
    ['.drop table SecurityEvent', ['kql/command error «.drop table SecurityEvent»']],
  ])('%s', (query, expected) => {
    expect(findings(bind(query))).toEqual(expected);
  });

  test('all are reported, in the order of the text', () => {
    const bound = bind('SecurityEvent | where Nope1 == 1 and Account == nope2() | project Nope3, Account');
    expect(findings(bound)).toEqual([
      'kql/unknown-column error «Nope1»',
      'kql/unknown-function error «nope2»',
      'kql/unknown-column error «Nope3»',
    ]);
  });

  test('what follows from a syntax error is not reported', () => {
    const bound = bind('SecurityEvent | where Nope == 1 Account\n| project TimeGenerated, Account');
    expect(findings(bound)).toEqual(['kql/unknown-column error «Nope»', 'kql/syntax error «Account»']);
  });

  test('an unknown table is the only error: its columns are taken as they are used', () => {
    expect(findings(bind('Unheard_CL | where A == 1 | extend B = C | summarize count() by B'))).toEqual([
      'kql/unknown-table error «Unheard_CL»',
    ]);
  });

  test('a column that is named like a table is reported itself, not the type of what is around it', () => {
    expect(findings(bind('SecurityEvent | where Event =~ "x" | extend a = tolower(Usage)'))).toEqual([
      'kql/unknown-column error «Event»',
      'kql/unknown-column error «Usage»',
    ]);
  });

  test('a query that is too deep to analyse is an error and not a clean bill', () => {
    const query = `SecurityEvent | where ${Array.from({ length: 3000 }, (_, id) => `EventID == ${id}`).join(' or ')}`;
    const bound = bind(query);
    expect(bound.diagnostics).toMatchObject([
      { code: 'kql/not-analysed', parserCode: 'KS245', severity: 'error', start: 0, length: query.length },
    ]);
    expect(bound.result).toBeUndefined();
  });

  test('messages quote the wrong name, and hints give the nearest one and the schema that judged', () => {
    expect(bind('SecurityEvent | where Acount == "x"').diagnostics).toEqual([
      {
        code: 'kql/unknown-column',
        parserCode: 'KS142',
        severity: 'error',
        message: 'no column, variable or function "Acount" is known here',
        hint: 'did you mean "Account"? the columns are those of SecurityEvent (Azure Monitor)',
        name: 'Acount',
        start: 22,
        length: 6,
      },
    ]);
  });

  test.each([
    ['SigninLog | take 1', 'did you mean "SigninLogs"?'],
    ['let threshold = 3; SecurityEvent | where EventID > treshold', 'did you mean "threshold"?'],
    ['SecurityEvent | extend a = isempy(Account)', 'did you mean "isempty"?'],
    ['imDsn | take 1', 'did you mean "imDns"?'],
    ['imDns | where DnsQueri == "x"', 'did you mean "DnsQuery"? the columns are those of imDns (ASIM)'],
  ])('%s: %s', (query, hint) => {
    expect(bind(query).diagnostics[0]?.hint).toMatch(hint);
  });

  test.each([
    'SecurityEvent | where EventID has "46" and Acount == 1 | project strlen()',
    'SecurityEvent | where (Account == "x"',
    'union isfuzzy=true Unheard, SecurityEvent',
    'let a = 1; let a = 2; print a',
    '.show tables',
  ])('every message starts lower-case and ends without a full stop: %s', (query) => {
    const { diagnostics } = bind(query);
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message } of diagnostics) expect(message).toMatch(/^[^A-Z].*[^.]$/);
  });

  test('in an open table, a column a letter off a listed one is a warning', () => {
    expect(findings(bind('Okta_CL | where TimeGeneratd > ago(1d) | project Anything'))).toEqual([
      'kql/unlisted-column warning «TimeGeneratd»',
    ]);
  });

  test.each([
    'Okta_CL | project port_s, port_d',
    'Okta_CL | extend Acount = 1 | project Acount',
    'union Okta_CL, Unheard_CL | project TimeGeneratd',
  ])('in an open table, this is no slip: %s', (query) => {
    expect(findings(bind(query)).filter((finding) => finding.startsWith('kql/unlisted'))).toEqual([]);
  });
});

describe('what a query refers to', () => {
  const none = { tables: [], wildcards: [], functions: [], unknown: [], watchlists: [], workspaces: [] };

  test.each([
    ['print 1', {}],
    ['SigninLogs | union SecurityEvent | union SecurityEvent', { tables: ['SecurityEvent', 'SigninLogs'] }],
    ['let f = () { SecurityEvent }; f()', { tables: ['SecurityEvent'] }],
    [
      'SecurityEvent | where Account in ((SigninLogs | project Identity))',
      { tables: ['SecurityEvent', 'SigninLogs'] },
    ],
    ['Unheard | join (Unheard2) on A', { unknown: ['Unheard', 'Unheard2'] }],
    ['imDns', { functions: ['imDns'] }],
    ['_Im_Dns(starttime=ago(1h))', { functions: ['_Im_Dns'] }],
    [
      "_GetWatchlist('vip') | union _GetWatchlist('Other')",
      { functions: ['_GetWatchlist'], watchlists: ['Other', 'vip'] },
    ],
    ["let name = 'vip'; _GetWatchlist(name)", { functions: ['_GetWatchlist'], watchlists: ['vip'] }],
    ["workspace('hq').SecurityEvent", { tables: ['SecurityEvent'], workspaces: ['hq'] }],
    ['union SecurityE*', { tables: ['SecurityEvent'], wildcards: ['SecurityE*'] }],
    ["search in (SecurityEvent) 'x'", { tables: ['SecurityEvent'] }],
    ["SecurityEvent | search 'x'", { tables: ['SecurityEvent'] }],
    ["search 'x'", { wildcards: ['*'] }],
    ["find where Account == 'x'", { wildcards: ['*'] }],
  ])('%s', (query, expected) => {
    expect(bind(query).references).toEqual({ ...none, ...expected });
  });

  test('is followed through stored functions', () => {
    const { references } = bind('Outer()', {
      functions: [
        {
          kind: 'stored',
          name: 'Outer',
          parameters: '',
          body: 'Inner("a") | union SigninLogs',
          source: 'outer.kql',
        },
        {
          kind: 'stored',
          name: 'Inner',
          parameters: 'who:string',
          body: "SecurityEvent | where Account == who | union (_GetWatchlist('vip'))",
          source: 'inner.kql',
        },
      ],
    });
    expect(references).toMatchObject({
      tables: ['SecurityEvent', 'SigninLogs'],
      functions: ['Inner', 'Outer', '_GetWatchlist'],
      watchlists: ['vip'],
    });
  });

  test('a stored function that calls itself ends', () => {
    const { references } = bind('Again()', {
      functions: [
        { kind: 'stored', name: 'Again', parameters: '', body: 'Again() | take 1', source: 'again.kql' },
      ],
    });
    expect(references.functions).toEqual(['Again']);
  });

  test('let statements are listed with the place of their name, at any depth', () => {
    const query = 'let a = 1;\nlet f = (x:long) { let b = x; print b };\nf(a)';
    const { lets } = bind(query);
    expect(lets.map(({ name }) => name)).toEqual(['a', 'f', 'b']);
    for (const { name, start, length } of lets) expect(query.slice(start, start + length)).toBe(name);
  });

  test('a command is told from a query and refers to nothing', () => {
    const bound = bind('.show table SecurityEvent');
    expect(bound.isCommand).toBe(true);
    expect(bound.references).toEqual(none);
  });
});

describe('the schema that a user adds', () => {
  const table = {
    name: 'Mine_CL',
    columns: [{ name: 'User', type: 'string' }],
    isOpen: false,
    source: 'mine.yaml',
  } as const;

  test('a table is judged by its columns and the standard ones', () => {
    const additions = { tables: [table] };
    expect(findings(bind('Mine_CL | project User, TimeGenerated, _ResourceId', additions))).toEqual([]);
    expect(bind('Mine_CL | project Usr', additions).diagnostics[0]?.hint).toBe(
      'did you mean "User"? the columns are those of Mine_CL (mine.yaml)',
    );
  });

  test('a stored function is bound at each call, with and without parentheses', () => {
    const additions: SchemaAdditions = {
      tables: [table],
      functions: [
        {
          kind: 'stored',
          name: 'Users',
          parameters: 'n:long=3',
          body: 'Mine_CL | extend n',
          source: 'users.kql',
        },
      ],
    };
    expect(columns(bind('Users | project n, User', additions))).toBe('n:long User:string');
    expect(columns(bind('Users(4) | project n', additions))).toBe('n:long');
    expect(findings(bind('Users(4, 5)', additions))).toEqual(['kql/argument-count error «Users»']);
  });

  test('a declared function has the columns that it declares', () => {
    const additions: SchemaAdditions = {
      functions: [
        {
          kind: 'declared',
          name: 'Audit',
          parameters: '',
          columns: table.columns,
          isOpen: false,
          source: 'audit.json',
        },
      ],
    };
    expect(findings(bind('Audit | project User, Nope', additions))).toEqual([
      'kql/unknown-column error «Nope»',
    ]);
  });

  test('a watchlist is judged by its columns, whatever the case of its alias', () => {
    const additions = {
      watchlists: [{ alias: 'VIPUsers', columns: [{ name: 'Upn', type: 'string' }], source: 'vip.json' }],
    } as const;
    expect(findings(bind("_GetWatchlist('vipusers') | project Upn, SearchKey, Nope", additions))).toEqual([
      'kql/unknown-column error «Nope»',
    ]);
  });

  test('a column without a KQL type is a defect of the tool, not of the query', () => {
    const column = { name: 'User', type: 'text' as ScalarType };
    expect(() => bind('Mine_CL', { tables: [{ ...table, columns: [column] }] })).toThrow(
      'the KQL parser failed to read the schema: column "User" has no KQL type',
    );
  });

  test('two schemas do not mix', () => {
    expect(findings(bind('Mine_CL', { tables: [table] }))).toEqual([]);
    expect(findings(bind('Mine_CL'))).toEqual(['kql/unknown-table error «Mine_CL»']);
  });
});
