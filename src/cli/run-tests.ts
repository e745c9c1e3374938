import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import { ToolError } from '../core/tool-error.ts';
import type { TestingConfig } from '../detection/config.ts';
import { findEnvironment } from '../detection/load-config.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { isSelected } from '../detection/select-detections.ts';
import { testedFiles } from '../testing/tested-files.ts';
import {
  loadBenign,
  loadTests,
  readFixtureFiles,
  testsFileOf,
  type LoadedBenign,
  type LoadedTests,
} from '../testing/load-tests.ts';
import { findMissingScenarios } from '../testing/missing-scenarios.ts';
import type { PreparerContext } from '../testing/preparer.ts';
import { testDetection, type DetectionTest } from '../testing/test-detection.ts';
import { toTestDiagnostics } from '../testing/test-diagnostics.ts';
import type { Analyse } from '../kql/analysis-memory.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';
import type { ProjectValidation } from './validate-project.ts';

/** What a run of tests came to, before the policy. */
export interface TestRun {
  readonly tests: readonly DetectionTest[];
  /** What they were run with. */
  readonly context: PreparerContext;
  /** Detections with errors of their own: they are reported instead of run. */
  readonly skipped: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** The tests files, by the file of the detection. */
  readonly testsFiles: ReadonlyMap<string, LoadedTests>;
}

/** What is run, and how. */
export interface TestRunOptions {
  /** Whose values detections are run with; only what it selects is run. As authored, if left out. */
  readonly environment?: string | undefined;
  /** The changed files; only detections that one of them concerns are run. All, if left out. */
  readonly scope?: ReadonlySet<string> | undefined;
  readonly minScenarios: TestingConfig['minScenarios'];
  /** Explain every scenario, not only those that fail. */
  readonly explainsAll?: boolean;
  /** Analyses queries, if validation has analysed them before. */
  readonly analyse?: Analyse;
}

/** Runs the scenarios of validated detections. */
export async function runTests(
  host: Host,
  project: Project,
  content: ProjectValidation,
  { environment, scope, minScenarios, explainsAll = false, analyse }: TestRunOptions,
): Promise<TestRun> {
  const { fs, config } = project;
  const selected = selectDetections(project, content.loaded, environment);
  const tests = await loadAllTests(project, selected);
  const benign = await loadAllBenign(project);
  const files = await readFixtureFiles(fs, [...tests.values(), ...benign.loaded]);
  const concerned = selected.filter((loaded) => {
    const own = testedFiles(loaded, tests.get(loaded.file), benign.loaded);
    return scope === undefined || own.some((file) => scope.has(file));
  });
  const broken = brokenFiles(content, tests);
  const context = { schema: content.schema, environments: config.environments, environment };
  const runs: DetectionTest[] = [];
  for (const loaded of concerned.filter(({ file }) => !broken.has(file))) {
    if (host.signal.aborted) throw new ToolError('cancelled', 'the tests were interrupted');
    runs.push(
      testDetection(loaded, tests.get(loaded.file), {
        ...context,
        analyse,
        files,
        benign: benign.loaded,
        explainsAll,
      }),
    );
  }
  const missing = concerned.flatMap((loaded) => [
    ...findMissingScenarios(loaded, tests.get(loaded.file), minScenarios),
  ]);
  return {
    tests: runs,
    context,
    skipped: concerned.flatMap(({ file }) => (broken.has(file) ? [file] : [])),
    diagnostics: [...benign.diagnostics, ...missing, ...runs.flatMap((run) => [...toTestDiagnostics(run)])],
    testsFiles: tests,
  };
}

function selectDetections(
  { config }: Project,
  loaded: readonly LoadedDetection[],
  environment: string | undefined,
): readonly LoadedDetection[] {
  if (environment === undefined) return loaded;
  const target = findEnvironment(config, environment);
  return loaded.filter((each) => isSelected(each, target));
}

async function loadAllTests(
  { fs }: Project,
  detections: readonly LoadedDetection[],
): Promise<ReadonlyMap<string, LoadedTests>> {
  const tests = new Map<string, LoadedTests>();
  for (const { file } of detections) {
    const testsFile = testsFileOf(file);
    const bytes = await fs.readFileIfExists(testsFile);
    const loaded = bytes === undefined ? undefined : loadTests(testsFile, bytes).tests;
    if (loaded !== undefined) tests.set(file, loaded);
  }
  return tests;
}

/** The files of benign rows; the folder need not be there. */
async function loadAllBenign({ fs, config }: Project): Promise<{
  readonly loaded: readonly LoadedBenign[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  const loaded: LoadedBenign[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of await listIfAny(fs, config.testing.benign)) {
    const { benign, diagnostics: found } = loadBenign(file, await fs.readFile(file));
    diagnostics.push(...found);
    if (benign !== undefined) loaded.push(benign);
  }
  return { loaded, diagnostics };
}

async function listIfAny(fs: Project['fs'], folder: string): Promise<readonly string[]> {
  try {
    return (await fs.listFiles(folder)).filter((file) => /\.ya?ml$/i.test(file));
  } catch (error) {
    if (error instanceof ToolError && error.code === 'file-missing') return [];
    throw error;
  }
}

/** The detections that have errors, or whose tests file cannot be read as one. */
function brokenFiles(
  { loaded, diagnostics }: ProjectValidation,
  tests: ReadonlyMap<string, LoadedTests>,
): ReadonlySet<string> {
  const faulty = new Set(diagnostics.filter((each) => hasErrors([each])).map(({ file }) => file));
  return new Set(
    loaded
      .map(({ file }) => file)
      .filter((file) => faulty.has(file) || (faulty.has(testsFileOf(file)) && !tests.has(file))),
  );
}
