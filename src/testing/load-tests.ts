import { dirname, join } from 'node:path/posix';
import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { ToolError } from '../core/tool-error.ts';
import { decodeText } from '../detection/decode-text.ts';
import { parseYaml } from '../detection/parse-yaml.ts';
import { readDocument } from '../detection/schema-diagnostics.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import type { AuthoredBenign, AuthoredFixtures, AuthoredTests } from './authored-tests.ts';

/** A tests file that its schema takes. */
export interface LoadedTests {
  readonly file: string;
  readonly document: SourceDocument;
  readonly authored: AuthoredTests;
}

/** True for the tests beside a detection. */
export function isTestsFile(file: string): boolean {
  return /\.tests\.ya?ml$/i.test(file);
}

/** The detection that a tests file belongs to, whether it is there or not. */
export function detectionFileOf(testsFile: string): string {
  return testsFile.replace(/\.tests(\.ya?ml)$/i, '$1');
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

/** A file of benign rows that its schema takes. */
export interface LoadedBenign {
  readonly file: string;
  readonly document: SourceDocument;
  readonly authored: AuthoredBenign;
}

/** Reads a file of benign rows. `benign` is absent exactly when `diagnostics` holds an error. */
export function loadBenign(
  file: string,
  bytes: Uint8Array,
): { readonly benign?: LoadedBenign; readonly diagnostics: readonly Diagnostic[] } {
  const { document, diagnostics: syntax } = parseYaml(file, bytes);
  if (document === undefined) return { diagnostics: syntax };
  const { data, diagnostics } = readDocument(document, 'benign');
  if (hasErrors(diagnostics)) return { diagnostics: [...syntax, ...diagnostics] };
  const authored = data as AuthoredBenign; // says the schema
  return { benign: { file, document, authored }, diagnostics: [...syntax, ...diagnostics] };
}

/** The texts of files that hold rows, by their path from the root; a file that cannot be read says why. */
export type FixtureFiles = ReadonlyMap<string, { readonly text: string } | { readonly problem: string }>;

/** The path from the root of a file that a tests file names. */
export function fixturePath(testsFile: string, named: string): string {
  return join(dirname(testsFile), named);
}

/** Reads every file of rows that files of tests or of benign rows name. */
export async function readFixtureFiles(
  fs: FileSystem,
  tests: readonly (LoadedTests | LoadedBenign)[],
): Promise<FixtureFiles> {
  const files = new Map<string, { readonly text: string } | { readonly problem: string }>();
  for (const path of tests.flatMap(namedFiles)) {
    if (!files.has(path)) files.set(path, await readText(fs, path));
  }
  return files;
}

/** The files of rows that a file names, from the root. */
export function namedFiles({ file, authored }: LoadedTests | LoadedBenign): readonly string[] {
  const owners = 'scenarios' in authored ? [authored.defaults, ...authored.scenarios] : [authored];
  return owners.flatMap((owner) => filesOf(owner ?? {})).map((named) => fixturePath(file, named));
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
  if (path.startsWith('../')) return { problem: `"${path}" lies outside the repository` };
  try {
    const decoded = decodeText(await fs.readFile(path));
    return 'text' in decoded ? decoded : { problem: decoded.message };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { problem: error.message };
  }
}
