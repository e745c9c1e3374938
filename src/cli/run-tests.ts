import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { isSelected } from '../detection/select-detections.ts';
import { findEnvironment } from '../detection/load-config.ts';
import { loadTests, readFixtureFiles, testsFileOf, type LoadedTests } from '../testing/load-tests.ts';
import { testDetection, type DetectionTest } from '../testing/test-detection.ts';
import { isTestsFile } from '../validate/validate-content.ts';
import type { Project } from './project.ts';
import type { ProjectValidation } from './validate-project.ts';

/** Detections with errors of their own are not run: they are reported instead. */
export interface TestRun {
  readonly tests: readonly DetectionTest[];
  readonly skipped: readonly LoadedDetection[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How scenarios are run. */
export interface TestOptions {
  /** Whose values detections are run with; only what it selects is run. As authored, if left out. */
  readonly environment?: string | undefined;
  /** Explain every scenario, not only those that fail. */
  readonly explainsAll?: boolean;
}

/** Runs the scenarios of validated detections. */
export async function runTests(
  { fs, config }: Project,
  content: ProjectValidation,
  { environment, explainsAll = false }: TestOptions = {},
): Promise<TestRun> {
  const selected =
    environment === undefined
      ? content.loaded
      : content.loaded.filter((loaded) => isSelected(loaded, findEnvironment(config, environment)));
  const tests = new Map<string, LoadedTests>();
  for (const { file } of selected) {
    const testsFile = testsFileOf(file);
    const bytes = await fs.readFileIfExists(testsFile);
    const loaded = bytes === undefined ? undefined : loadTests(testsFile, bytes).tests;
    if (loaded !== undefined) tests.set(file, loaded);
  }
  const files = await readFixtureFiles(fs, [...tests.values()]);
  const broken = filesWithErrors(content.diagnostics);
  const isBroken = ({ file }: LoadedDetection): boolean => broken.has(file) || broken.has(testsFileOf(file));
  const runs = selected
    .filter((loaded) => !isBroken(loaded))
    .map((loaded) =>
      testDetection(loaded, tests.get(loaded.file), {
        schema: content.schema,
        environments: config.environments,
        environment,
        files,
        explainsAll,
      }),
    );
  return {
    tests: runs,
    skipped: selected.filter(isBroken),
    diagnostics: runs.flatMap(({ diagnostics }) => [...diagnostics]),
  };
}

function filesWithErrors(diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  return new Set(diagnostics.filter((each) => hasErrors([each])).map(({ file }) => file));
}

/** The detection files and tests files that belong to the given ones: `test x.tests.yaml` is about `x.yaml`. */
export function withPartners(files: readonly string[]): readonly string[] {
  const all = files.flatMap((file) =>
    isTestsFile(file) ? [file, file.replace(/\.tests(\.ya?ml)$/i, '$1')] : [file, testsFileOf(file)],
  );
  return [...new Set(all)].sort();
}
