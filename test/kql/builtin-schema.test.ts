import { buildSchema, loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import type { SchemaFiles } from '../../src/kql/schemas/builtin-schema.ts';
import { formatColumns } from '../../src/kql/schemas/compact-columns.ts';
import { extendSchema } from '../../src/kql/schemas/extend-schema.ts';
import type { TableSchema, WorkspaceSchema } from '../../src/kql/schemas/workspace-schema.ts';

const files: SchemaFiles = {
  azureMonitor: {
    source: 'Azure Monitor',
    tables: { Plain: 'A B:int', Both: 'A', Odd: 'A', DeviceX: 'A Type:int' },
  },
  solutions: { source: 'Solutions', tables: { Both: 'A:long Z', Third_CL: 'Q_s' } },
  defenderXdr: { source: 'XDR', tables: { Graph: 'NodeId', Plain: 'Never' } },
  asim: {
    source: 'ASIM',
    schemas: { Dns: 'DnsQuery' },
    parsers: {
      imDns: { schema: 'Dns', parameters: '' },
      _Im_Dns: { schema: 'Dns', parameters: 'pack:bool=false' },
      ASimDns: { schema: 'Dns', parameters: 'pack:bool=false' },
    },
  },
  overlay: {
    standardColumns: 'TimeGenerated:datetime Type',
    timestampTables: ['DeviceX'],
    openTables: ['Odd'],
    extraColumns: { Plain: 'C:bool' },
    solutionTables: { Parsed: 'P' },
    asimParameters: { Dns: 'srcipaddr:string="*"' },
    functions: {
      Enrich: { parameters: 'T:(*)', body: 'T | extend x=1' },
      Aliases: { parameters: '', columns: 'Alias' },
    },
  },
};

function tableOf(schema: WorkspaceSchema, name: string): TableSchema {
  const table = schema.tables.get(name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

describe('the files put together', () => {
  const schema = buildSchema(files);

  test.each([
    ['Plain', 'A B:int C:bool TimeGenerated:datetime Type', false, 'Azure Monitor'],
    ['Both', 'A Z TimeGenerated:datetime Type', false, 'Azure Monitor'],
    ['Odd', 'A TimeGenerated:datetime Type', true, 'Azure Monitor'],
    ['DeviceX', 'A Type:int Timestamp:datetime TimeGenerated:datetime', false, 'Azure Monitor'],
    ['Third_CL', 'Q_s TimeGenerated:datetime Type', true, 'Solutions'],
    ['Parsed', 'P TimeGenerated:datetime Type', true, 'Solutions'],
    ['Graph', 'NodeId', false, 'XDR'],
  ])('%s', (name, columns, isOpen, source) => {
    const table = tableOf(schema, name);
    expect(formatColumns(table.columns)).toBe(columns);
    expect(table).toMatchObject({ name, isOpen, source });
  });

  test.each([
    ['imDns', 'srcipaddr:string="*"'],
    ['_Im_Dns', 'srcipaddr:string="*"'],
    ['ASimDns', 'pack:bool=false'],
  ])('the parser %s takes %s', (name, parameters) => {
    expect(schema.functions.get(name)).toMatchObject({
      kind: 'declared',
      parameters,
      isOpen: false,
      source: 'ASIM',
    });
  });

  test('functions have a body or columns', () => {
    expect(schema.functions.get('Enrich')).toMatchObject({ kind: 'stored', body: 'T | extend x=1' });
    expect(schema.functions.get('Aliases')).toMatchObject({
      kind: 'declared',
      columns: [{ name: 'Alias', type: 'string' }],
    });
  });
});

describe('the built-in schema', () => {
  test('is read once', () => {
    expect(loadBuiltinSchema()).toBe(loadBuiltinSchema());
  });

  test.each([
    ['SecurityEvent', 'EventID', 'int'],
    ['SigninLogs', 'TimeGenerated', 'datetime'],
    ['SigninLogs', '_ItemId', 'string'],
    ['DeviceProcessEvents', 'Timestamp', 'datetime'],
    ['IdentityInfo', 'AccountUpn', 'string'],
    ['ExposureGraphNodes', 'NodeProperties', 'dynamic'],
    ['AADSignInEventsBeta', 'ErrorCode', 'int'],
    ['Okta_CL', 'TimeGenerated', 'datetime'],
  ])('%s has the column %s: %s', async (table, name, type) => {
    const { columns } = tableOf(await loadBuiltinSchema(), table);
    expect(columns).toContainEqual({ name, type });
  });

  test('has every standard column exactly once in a table', async () => {
    const { standardColumns, tables } = await loadBuiltinSchema();
    const names = tables.get('SecurityEvent')?.columns.map(({ name }) => name) ?? [];
    for (const { name } of standardColumns) expect(names.filter((other) => other === name)).toEqual([name]);
  });

  test('has the ASIM parsers and the functions of Sentinel', async () => {
    const { functions } = await loadBuiltinSchema();
    expect(functions.get('_Im_Authentication')?.parameters).toContain('username_has_any:dynamic');
    expect([...functions.keys()]).toEqual(
      expect.arrayContaining(['FileProfile', '_ASIM_LookupDnsQueryType']),
    );
  });
});

describe('additions', () => {
  const base = buildSchema(files);
  const mine: TableSchema = {
    name: 'Mine',
    columns: [{ name: 'Type', type: 'int' }],
    isOpen: false,
    source: 'mine',
  };

  test('a table gets the standard columns that it does not list itself', () => {
    expect(formatColumns(tableOf(extendSchema(base, { tables: [mine] }), 'Mine').columns)).toBe(
      'Type:int TimeGenerated:datetime',
    );
  });

  test('a table or function replaces what had its name', () => {
    const extended = extendSchema(base, {
      tables: [
        { ...mine, name: 'imDns' },
        { ...mine, name: 'Plain' },
      ],
      functions: [{ kind: 'stored', name: 'Odd', parameters: '', body: 'Plain', source: 'odd' }],
    });
    expect(extended.functions.has('imDns')).toBe(false);
    expect(extended.tables.has('Odd')).toBe(false);
    expect(tableOf(extended, 'Plain').source).toBe('mine');
    expect(extended.functions.get('Odd')?.source).toBe('odd');
  });

  test('the base stays as it was', () => {
    extendSchema(base, { tables: [mine], watchlists: [{ alias: 'vip', columns: [], source: 'vip' }] });
    expect(base.tables.has('Mine')).toBe(false);
    expect(base.watchlists.size).toBe(0);
  });
});
