import { parseColumns, withColumns } from './compact-columns.ts';
import type { FunctionSchema, TableSchema, WorkspaceSchema } from './workspace-schema.ts';

/** Columns in the compact form, by table or by ASIM schema. */
type CompactTables = Readonly<Record<string, string>>;

interface TableFile {
  readonly source: string;
  readonly tables: CompactTables;
}

interface AsimFile {
  readonly source: string;
  readonly schemas: CompactTables;
  readonly parsers: Readonly<Record<string, { readonly schema: string; readonly parameters: string }>>;
}

interface OverlayFile {
  /** Every table of a workspace has these. */
  readonly standardColumns: string;
  /** Tables of Defender XDR, which repeat TimeGenerated as Timestamp. */
  readonly timestampTables: readonly string[];
  /** Tables whose columns depend on what is sent to them. */
  readonly openTables: readonly string[];
  readonly extraColumns: CompactTables;
  /** Functions of solutions, used as tables, that the generated list lacks. */
  readonly solutionTables: CompactTables;
  /** Parameters of the filtering parsers by ASIM schema; the published list mostly lacks them. */
  readonly asimParameters: CompactTables;
  readonly functions: Readonly<
    Record<string, { readonly parameters: string; readonly columns?: string; readonly body?: string }>
  >;
}

/** The parsed files of schemas/tables/. */
export interface SchemaFiles {
  readonly azureMonitor: TableFile;
  readonly defenderXdr: TableFile;
  readonly solutions: TableFile;
  readonly asim: AsimFile;
  readonly overlay: OverlayFile;
}

let builtin: Promise<WorkspaceSchema> | undefined;

/** The tables and functions that the tool knows without a workspace. Read once a process. */
export function loadBuiltinSchema(): Promise<WorkspaceSchema> {
  builtin ??= readSchemaFiles().then(buildSchema);
  return builtin;
}

async function readSchemaFiles(): Promise<SchemaFiles> {
  const [azureMonitor, defenderXdr, solutions, asim, overlay] = await Promise.all([
    import('../../../schemas/tables/azure-monitor.json', { with: { type: 'json' } }),
    import('../../../schemas/tables/defender-xdr.json', { with: { type: 'json' } }),
    import('../../../schemas/tables/solutions.json', { with: { type: 'json' } }),
    import('../../../schemas/tables/asim.json', { with: { type: 'json' } }),
    import('../../../schemas/tables/overlay.json', { with: { type: 'json' } }),
  ]);
  return {
    azureMonitor: azureMonitor.default,
    defenderXdr: defenderXdr.default,
    solutions: solutions.default,
    asim: asim.default,
    overlay: overlay.default,
  };
}

/** Puts the files together: the overlay fills the gaps of the generated ones. Pure. */
export function buildSchema(files: SchemaFiles): WorkspaceSchema {
  return {
    standardColumns: parseColumns(files.overlay.standardColumns),
    tables: buildTables(files),
    functions: new Map([...asimParsers(files.asim, files.overlay), ...sentinelFunctions(files.overlay)]),
    watchlists: new Map(),
  };
}

/** A table that two files list has the columns of both and is judged by the first. */
function buildTables({
  azureMonitor,
  defenderXdr,
  solutions,
  overlay,
}: SchemaFiles): Map<string, TableSchema> {
  const stamped = new Set(overlay.timestampTables);
  const open = new Set(overlay.openTables);
  const tables = new Map<string, TableSchema>();
  const add = (name: string, source: string, isOpen: boolean, ...lists: (string | undefined)[]): void => {
    tables.set(name, withColumns({ name, source, isOpen }, ...lists));
  };

  for (const [name, columns] of Object.entries(azureMonitor.tables)) {
    const more = [solutions.tables[name], overlay.extraColumns[name], overlay.standardColumns];
    const timestamp = stamped.has(name) ? 'Timestamp:datetime' : undefined;
    add(name, azureMonitor.source, open.has(name), columns, timestamp, ...more);
  }
  // A custom log gains a column with the first record that has it, and a solution's function changes with its version.
  for (const [name, columns] of Object.entries({ ...solutions.tables, ...overlay.solutionTables })) {
    if (!tables.has(name)) add(name, solutions.source, true, columns, overlay.standardColumns);
  }
  for (const [name, columns] of Object.entries(defenderXdr.tables)) {
    if (!tables.has(name)) add(name, defenderXdr.source, false, columns);
  }
  return tables;
}

function asimParsers(asim: AsimFile, overlay: OverlayFile): [string, FunctionSchema][] {
  return Object.entries(asim.parsers).map(([name, { schema, parameters: published }]) => {
    const isFiltering = name.startsWith('im') || name.startsWith('_Im_');
    const parameters = (isFiltering ? overlay.asimParameters[schema] : undefined) ?? published;
    const base = { kind: 'declared', name, parameters, source: asim.source, isOpen: false } as const;
    return [name, withColumns(base, asim.schemas[schema], overlay.standardColumns)];
  });
}

function sentinelFunctions(overlay: OverlayFile): [string, FunctionSchema][] {
  return Object.entries(overlay.functions).map(([name, { parameters, columns, body }]) => {
    const base = { name, parameters, source: 'Microsoft Sentinel' };
    return [
      name,
      body === undefined
        ? withColumns({ ...base, kind: 'declared', isOpen: false }, columns)
        : { ...base, kind: 'stored', body, isOutline: true },
    ];
  });
}
