import { setImmediate } from 'node:timers/promises';
import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { mapBounded } from '../core/map-bounded.ts';
import { ToolError } from '../core/tool-error.ts';
import { runCorpusChecks } from '../checks/run-checks.ts';
import { loadDetection } from '../detection/load-detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { Analyse } from '../kql/analysis-memory.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { isTestsFile, loadTests, type LoadedTests } from '../testing/load-tests.ts';
import { checkTests } from './check-tests.ts';
import { findSuppressions, type Suppression } from './find-suppressions.ts';
import { noCache, type FindingsCache } from './findings-cache.ts';
import { validateDetection } from './validate-detection.ts';

/** How content is validated. */
export interface ValidationOptions {
  /** The tables and functions that queries are bound to. */
  readonly schema: WorkspaceSchema;
  readonly signal?: AbortSignal;
  /** The files to check each on its own; the others are loaded for what concerns several files. All, if left out. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Findings of earlier runs, made by the same tool with the same schema; the caller saves it. */
  readonly cache?: FindingsCache;
  /** Analyses queries; for who will ask for the same ones again. */
  readonly analyse?: Analyse | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was found in a set of files. If `diagnostics` holds an error, nothing may be deployed from it. */
export interface ContentValidation {
  /** How many YAML files were read. */
  readonly files: number;
  /** The detections that loaded, sorted by file; those with findings of their checks too. */
  readonly loaded: readonly LoadedDetection[];
  /** Files that only say that their detection moved elsewhere. */
  readonly stubs: readonly string[];
  /** Everything found, sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** The comments that ask not to report some of it; applying them is the policy's business. */
  readonly suppressions: readonly Suppression[];
}

/** True for the YAML files below a detections folder that hold a detection or its tests. */
export function isContentFile(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

/**
 * Loads and checks files: each on its own (YAML, schema, normalisation, KQL, checks), then all together (duplicates). It never
 * stops at the first finding, and a file that cannot be read is a finding like any other.
 *
 * @param files paths as they shall be named in findings, readable through `fs`
 * @throws ToolError `cancelled` if the signal aborts
 */
export async function validateContent(
  fs: FileSystem,
  files: readonly string[],
  { schema, signal, only, cache = noCache, analyse, onProgress = () => undefined }: ValidationOptions,
): Promise<ContentValidation> {
  const loaded: LoadedDetection[] = [];
  const stubs: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const suppressions: Suppression[] = [];
  const tests: LoadedTests[] = [];
  const contents = await mapBounded(files, 32, (file) => readContent(fs, file));
  for (const [index, content] of contents.entries()) {
    if (signal?.aborted === true) throw new ToolError('cancelled', 'the validation was interrupted');
    const file = files[index] ?? '';
    onProgress(index, files.length);
    if (content instanceof Uint8Array) suppressions.push(...findSuppressions(file, content));
    if (!(content instanceof Uint8Array)) {
      diagnostics.push(content);
    } else if (isTestsFile(file)) {
      const result = loadTests(file, content);
      diagnostics.push(...result.diagnostics);
      if (result.tests !== undefined && only?.has(file) !== false) tests.push(result.tests);
    } else {
      const result = loadDetection(file, content);
      diagnostics.push(...result.diagnostics);
      if (result.type === 'stub') stubs.push(file);
      if (result.type === 'detection') {
        loaded.push(result.loaded);
        if (only?.has(file) === false) continue;
        const known = cache.get(file, content);
        const found = known ?? validateDetection(result.loaded, schema, analyse);
        diagnostics.push(...found);
        if (known !== undefined) continue;
        cache.set(file, content, found);
        // Binding a query takes a while: let an interruption through.
        await setImmediate();
      }
    }
  }
  diagnostics.push(...runCorpusChecks(loaded), ...(await checkTests(fs, files, tests, schema)));
  diagnostics.sort(compareDiagnostics);
  return { files: files.length, loaded, stubs, diagnostics, suppressions };
}

async function readContent(fs: FileSystem, file: string): Promise<Uint8Array | Diagnostic> {
  try {
    return await fs.readFile(file);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return {
      code: 'file-unreadable',
      severity: 'error',
      message: error.message,
      file,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
}
