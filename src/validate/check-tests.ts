import type { Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { buildScenarios } from '../testing/build-scenarios.ts';
import { detectionFileOf, isTestsFile, readFixtureFiles, type LoadedTests } from '../testing/load-tests.ts';
import { describeStrayTests } from '../testing/stray-tests.ts';

/**
 * What is wrong with tests before anything is run: rows that do not fit the tables, and files that belong to no detection.
 *
 * @param files every content file
 * @param tests those tests files whose rows are to be checked
 */
export async function checkTests(
  fs: FileSystem,
  files: readonly string[],
  tests: readonly LoadedTests[],
  schema: WorkspaceSchema,
): Promise<readonly Diagnostic[]> {
  const known = new Set(files);
  const diagnostics: Diagnostic[] = [];
  for (const file of files.filter(isTestsFile)) {
    const detection = detectionFileOf(file);
    // A path on the command line may name the tests alone.
    const isThere = known.has(detection) || (await fs.readFileIfExists(detection)) !== undefined;
    if (!isThere) diagnostics.push(describeStrayTests(file, files));
  }
  const rows = await readFixtureFiles(fs, tests);
  return [...diagnostics, ...tests.flatMap((each) => [...buildScenarios(each, schema, rows).diagnostics])];
}
