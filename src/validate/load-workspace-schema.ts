import { createHash } from 'node:crypto';
import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { ToolError } from '../core/tool-error.ts';
import { loadBuiltinSchema } from '../kql/schemas/builtin-schema.ts';
import { extendSchema } from '../kql/schemas/extend-schema.ts';
import type { StoredFunction, WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { readSchemaAdditions } from './read-schema-additions.ts';
import { checkStoredFunction, readStoredFunction } from './read-stored-function.ts';

/** Where a repository keeps tables and watchlists of its own, and functions of its own. */
export const customTablesFolder = 'schemas/tables/custom';
export const functionsFolder = 'functions';

/** What queries are bound to. */
export interface LoadedSchema {
  readonly schema: WorkspaceSchema;
  /** Digest of everything that a user added; the rest changes only with the version of the tool. */
  readonly fingerprint: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The tables and functions that the tool knows, and those that the repository adds: `schemas/tables/custom/` (YAML or JSON)
 * and `functions/` (KQL). Neither folder needs to exist.
 *
 * @param pinned a further file of tables, which wins over the others: the schema that an environment pins
 */
export async function loadWorkspaceSchema(fs: FileSystem, pinned?: string): Promise<LoadedSchema> {
  const hash = createHash('sha256');
  const diagnostics: Diagnostic[] = [];
  let schema = await loadBuiltinSchema();
  const read = async (file: string): Promise<Uint8Array> => {
    const bytes = await fs.readFile(file);
    hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    return bytes;
  };
  const tableFiles = await listIfAny(fs, customTablesFolder, /\.(?:ya?ml|json)$/i);
  for (const file of [...tableFiles, ...(pinned === undefined ? [] : [pinned])]) {
    const { additions, diagnostics: found } = readSchemaAdditions(file, await read(file));
    schema = extendSchema(schema, additions);
    diagnostics.push(...found);
  }
  const functions: StoredFunction[] = [];
  for (const file of await listIfAny(fs, functionsFolder, /\.kql$/i)) {
    const { stored, diagnostics: found } = readStoredFunction(file, await read(file));
    if (stored !== undefined) functions.push(stored);
    diagnostics.push(...found);
  }
  schema = extendSchema(schema, { functions });
  for (const stored of functions) diagnostics.push(...checkStoredFunction(stored, schema));
  return { schema, fingerprint: hash.digest('hex'), diagnostics: diagnostics.sort(compareDiagnostics) };
}

async function listIfAny(fs: FileSystem, folder: string, ending: RegExp): Promise<readonly string[]> {
  try {
    return (await fs.listFiles(folder)).filter((file) => ending.test(file));
  } catch (error) {
    if (error instanceof ToolError && error.code === 'file-missing') return [];
    throw error;
  }
}
