import { bindQuery } from '../../src/kql/bind-query.ts';
import { loadWorkspaceSchema } from '../../src/validate/load-workspace-schema.ts';
import { createMemoryFileSystem } from '../support/memory-file-system.ts';

const load = (files: Readonly<Record<string, string>>, pinned?: string) =>
  loadWorkspaceSchema(createMemoryFileSystem(files), pinned);

const messagesOf = async (
  query: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> =>
  bindQuery(query, (await load(files)).schema).diagnostics.map(
    ({ message, hint }) => `${message} | ${hint ?? ''}`,
  );

test('without files of its own, a repository has the schema of the tool', async () => {
  const { schema, diagnostics } = await load({});
  expect(diagnostics).toEqual([]);
  expect(schema.tables.has('SecurityEvent')).toBe(true);
});

test('a table of the repository has its columns and the standard ones, and is named as the judge', async () => {
  const files = {
    'schemas/tables/custom/app.yaml': 'tables:\n  MyApp_CL:\n    User: string\n    Attempts: long\n',
  };
  expect(await messagesOf('MyApp_CL | where Attempts > 3 | project TimeGenerated, User', files)).toEqual([]);
  expect(await messagesOf('MyApp_CL | project Usr', files)).toEqual([
    'no column, variable or function "Usr" is known here | did you mean "User"? the columns are those of MyApp_CL (schemas/tables/custom/app.yaml)',
  ]);
});

test('a table in the form of CustomTables is read as it is published', async () => {
  const json = '{"Name": "Vendor_CL", "Properties": [{"Name": "Port_d", "Type": "Double"}]}';
  const files = { 'schemas/tables/custom/vendor.json': json };
  expect(await messagesOf('Vendor_CL | where Port_d > 1.5', files)).toEqual([]);
});

test('watchlists and declared functions have the columns that the repository gives them', async () => {
  const files = {
    'schemas/tables/custom/more.yaml':
      'watchlists:\n  Hosts:\n    HostName: string\nfunctions:\n  Enrich:\n    parameters: ip:string\n    columns:\n      Country: string\n',
  };
  expect(await messagesOf("_GetWatchlist('Hosts') | project HostName", files)).toEqual([]);
  expect(await messagesOf("Enrich('10.0.0.1') | project Country", files)).toEqual([]);
});

test('a function in functions/ is bound where it is called', async () => {
  const files = {
    'functions/FailedLogons.kql':
      '// parameters: minimum:long=5\nSecurityEvent\n| where EventID == 4625\n| summarize Failures = count() by Account\n| where Failures >= minimum\n',
  };
  expect((await load(files)).diagnostics).toEqual([]);
  expect(await messagesOf('FailedLogons(10) | project Account, Failures', files)).toEqual([]);
});

test('a mistake inside a function is found at its line', async () => {
  const { diagnostics } = await load({
    'functions/Broken.kql': '// parameters: t:(*), minimum:long\nx',
    'functions/Wrong.kql': 'SecurityEvent\n| where EvntID == 4625\n',
  });
  expect(diagnostics).toMatchObject([
    { code: 'kql/unknown-column', file: 'functions/Wrong.kql', span: { start: { line: 2, column: 9 } } },
  ]);
});

test.each([
  ['schemas/tables/custom/a.yaml', 'tables:\n  T_CL:\n    A: strng\n', 'invalid-value', 3],
  ['schemas/tables/custom/a.yaml', 'table:\n  T_CL: {}\n', 'misspelt-key', 1],
  ['schemas/tables/custom/a.yaml', 'tables:\n\t- x\n', 'yaml-syntax', 2],
  ['functions/1st.kql', 'SecurityEvent', 'invalid-name', undefined],
  ['functions/Nothing.kql', 'let x = 1;', 'no-result', undefined],
])('%s with a mistake is a finding', async (file, text, code, line) => {
  const { diagnostics } = await load({ [file]: text });
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics[0]).toMatchObject({
    code,
    file,
    ...(line === undefined ? {} : { span: { start: { line } } }),
  });
});

test('a pinned file wins over the others, and everything read is in the fingerprint', async () => {
  const custom = { 'schemas/tables/custom/a.yaml': 'tables:\n  T_CL:\n    A: string\n' };
  const files = { ...custom, 'schemas/staging.json': '{"tables": {"T_CL": {"B": "long"}}}' };
  const plain = await load(files);
  const pinned = await load(files, 'schemas/staging.json');
  const columns = (loaded: typeof plain) => loaded.schema.tables.get('T_CL')?.columns.map(({ name }) => name);
  expect(columns(plain)).toContain('A');
  expect(columns(pinned)).toContain('B');
  expect(columns(pinned)).not.toContain('A');
  expect(plain.fingerprint).not.toBe(pinned.fingerprint);
});
