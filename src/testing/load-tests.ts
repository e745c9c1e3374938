import { dirname, join } from 'node:path/posix';
import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { ToolError } from '../core/tool-error.ts';
import { decodeText } from '../detection/decode-text.ts';
import { parseYaml } from '../detection/parse-yaml.ts';
import { readDocument } from '../detection/schema-diagnostics.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import type { AuthoredFixtures, AuthoredTests } from './authored-tests.ts';

/** A tests file that its schema takes. */
export interface LoadedTests {
  readonly file: string;
  readonly document: SourceDocument;
  readonly authored: AuthoredTests;
}

/** The tests file of a detection: `a/b.yaml` has `a/b.tests.yaml`. */
export function testsFileOf(detectionFile: string): string {
  return detectionFile.replace(/(\.ya?ml)$/i, '.tests$1');
}

/** Reads a tests file: YAML, then schema. `tests` is absent exactly when `diagnostics` holds an error. */
export function loadTests(
  file: string,
  bytes: Uint8Array,
): { readonly tests?: LoadedTests; readonly diagnostics: readonly Diagnostic[] } {
  const { document, diagnostics: syntax } = parseYaml(file, bytes);
  if (document === undefined) return { diagnostics: syntax };
  const { data, diagnostics } = readDocument(document, 'tests');
  if (hasErrors(diagnostics)) return { diagnostics: [...syntax, ...diagnostics] };
  const authored = data as AuthoredTests; // says the schema
  return { tests: { file, document, authored }, diagnostics: [...syntax, ...diagnostics] };
}

/** The texts of files that hold rows, by their path from the root; a file that cannot be read says why. */
export type FixtureFiles = ReadonlyMap<string, { readonly text: string } | { readonly problem: string }>;

/** The path from the root of a file that a tests file names. */
export function fixturePath(testsFile: string, named: string): string {
  return join(dirname(testsFile), named);
}

/** Reads every file of rows that tests name. */
export async function readFixtureFiles(fs: FileSystem, tests: readonly LoadedTests[]): Promise<FixtureFiles> {
  const files = new Map<string, { readonly text: string } | { readonly problem: string }>();
  for (const { file, authored } of tests) {
    const owners = [authored.defaults, ...authored.scenarios];
    for (const named of owners.flatMap((owner) => filesOf(owner ?? {}))) {
      const path = fixturePath(file, named);
      if (!files.has(path)) files.set(path, await readText(fs, path));
    }
  }
  return files;
}

function filesOf({ given, watchlists, functions, external }: AuthoredFixtures): readonly string[] {
  return [given, watchlists, functions, external]
    .flatMap((rowsByName) => Object.values(rowsByName ?? {}))
    .flatMap((rows) => ('file' in rows ? [rows.file] : []));
}

async function readText(
  fs: FileSystem,
  path: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const decoded = decodeText(await fs.readFile(path));
    return 'text' in decoded ? decoded : { problem: decoded.message };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { problem: error.message };
  }
}
