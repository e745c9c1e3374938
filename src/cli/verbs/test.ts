import { hasErrors, type Diagnostic } from '../../core/diagnostic.ts';
import { ToolError } from '../../core/tool-error.ts';
import type { TestingConfig } from '../../detection/config.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import { mutationSummary, type MutationReport } from '../../report/mutation-report.ts';
import { createAnalysisMemory } from '../../kql/analysis-memory.ts';
import { testSummary, type TestReport } from '../../report/test-report.ts';
import { testingCodes } from '../../testing/codes.ts';
import type { PreparerContext } from '../../testing/preparer.ts';
import { detectionFileOf, isTestsFile, testsFileOf } from '../../testing/load-tests.ts';
import { findChangedScope } from '../../validate/changed-since.ts';
import { findChangedFiles } from '../changed-files.ts';
import { emitQueries } from '../emit-queries.ts';
import type { Host } from '../host.ts';
import { judgeFindings } from '../judge-findings.ts';
import { runMutations, toMutationDiagnostics } from '../run-mutations.ts';
import {
  addFormatOption,
  choiceOption,
  flagOf,
  flagOption,
  numberOption,
  shareOption,
  textOption,
  type Options,
} from '../options.ts';
import { findContentFiles, openProject, type Project } from '../project.ts';
import { addReportOption, readReports } from '../reports.ts';
import { runTests, type TestRun } from '../run-tests.ts';
import { validateProject } from '../validate-project.ts';
import { exitCodes, type ExitCode, type Verb } from '../verb.ts';
import { writeDiagnostics } from '../write-diagnostics.ts';
import { mutationFormats, renderMutations, writeMutations } from '../write-mutations.ts';
import { renderTests, testFormats, writeTests } from '../write-tests.ts';

const help = `
Runs the scenarios in <slug>.tests.yaml beside each detection: rows in, alerts out, without a workspace. The detections are
validated first; one with errors is reported and not run. docs/testing.md says how to write scenarios.

The exit code is 1 if a scenario fails, if the engine does not know a part of a query (it never guesses), or if there
is an error in a detection or a scenario.

With --mutate, each detection whose scenarios pass is broken in many small ways, one at a time: a predicate left out, a boundary
moved, a join of another kind. A break that no scenario notices is listed with its line. docs/mutation.md lists the ways.

Examples:
  kustodian test
  kustodian test detections/execution --env production
  kustodian test --changed-since origin/main --format github --report junit=tests.xml
  kustodian test --min-scenarios 2
  kustodian test detections/execution --emit-kql --out queries
  kustodian test --mutate detections/execution --min-score 1`;

/** `kustodian test [paths…]` */
export const test: Verb = {
  configure(command) {
    command.argument('[paths...]', 'files and folders of detections or tests; everything if none is given');
    command.option('-e, --env <name>', 'run with the values of this environment, and what it selects only');
    command.option('--changed-since <ref>', 'run what concerns the files that differ from this branch');
    command.option(
      '--min-scenarios <number>',
      'fail for detections of any status that have fewer firing or fewer silent scenarios',
    );
    command.option('--explain', 'show the rows after every operator, and where each given row died');
    command.option('--emit-kql', 'print each scenario as one query that needs nothing of a workspace');
    command.option('--out <folder>', 'with --emit-kql: write a file for each scenario instead');
    command.option('--mutate', 'break the detections on purpose, and list what no scenario notices');
    command.option(
      '--min-score <share>',
      'with --mutate: fail for detections of which a smaller share of breaks is noticed',
    );
    addFormatOption(command, testFormats);
    addReportOption(command, 'the results');
    command.addHelpText('after', help);
  },

  async run(host, paths, options) {
    const format = choiceOption(options, 'format', testFormats);
    const reports = readReports(options, testFormats);
    const out = textOption(options, 'out');
    const emits = flagOption(options, 'emitKql');
    if (out !== undefined && !emits) {
      throw new ToolError('usage', '--out is where --emit-kql writes to', { hint: 'add --emit-kql' });
    }
    const minScore = readMinScore(options, [format, ...reports.map((each) => each.format)]);
    const project = await openProject(host);
    const environment = textOption(options, 'env');
    if (environment !== undefined) findEnvironment(project.config, environment);
    const { context, ...report } = await collectTests(host, project, paths, {
      environment,
      minScore,
      options,
    });
    const { fs } = project;
    const showsSteps = flagOption(options, 'explain');
    for (const { format: wanted, file } of reports) {
      const text =
        'mutations' in report
          ? await renderMutations(report, wanted, { fs })
          : await renderTests(report, wanted, { fs, showsSteps });
      await host.fileSystem(host.cwd).writeFileAtomic(file, text);
    }
    if (emits) return emit(host, project, report, context, out);
    if ('mutations' in report) await writeMutations(report, format, { host, fs });
    else await writeTests(report, format, { host, fs, showsSteps });
    if (format === 'text')
      host.stderr.write(`${'mutations' in report ? mutationSummary(report) : testSummary(report)}\n`);
    return hasErrors(report.diagnostics) ? exitCodes.findings : exitCodes.clean;
  },
};

/** Findings go to the other stream: the queries are for a file or an editor. */
async function emit(
  host: Host,
  { fs }: Project,
  { tests, diagnostics }: TestReport,
  context: PreparerContext,
  folder: string | undefined,
): Promise<ExitCode> {
  const found = [...diagnostics, ...(await emitQueries(host, tests, context, folder))];
  await writeDiagnostics(found, 'text', { host, output: host.stderr, fs });
  return hasErrors(found) ? exitCodes.findings : exitCodes.clean;
}

/** The least score that is asked for; undefined without `--mutate`. */
function readMinScore(options: Options, formats: readonly string[]): number | undefined {
  const minScore = shareOption(options, 'minScore');
  if (!flagOption(options, 'mutate')) {
    if (minScore === undefined) return undefined;
    throw new ToolError('usage', '--min-score says nothing without --mutate', { hint: 'add --mutate' });
  }
  const clash = ['explain', 'emitKql'].find((name) => flagOption(options, name));
  if (clash !== undefined)
    throw new ToolError('usage', `--mutate does not go with --${flagOf(clash)}`, {
      hint: 'leave one of the two out',
    });
  const other = formats.find((each) => !mutationFormats.some((known) => known === each));
  if (other === undefined) return minScore ?? 0;
  throw new ToolError('usage', `--mutate has no format "${other}"`, {
    hint: `use ${mutationFormats.join(', ')}`,
  });
}

async function collectTests(
  host: Host,
  project: Project,
  paths: readonly string[],
  {
    environment,
    minScore,
    options,
  }: {
    readonly environment: string | undefined;
    readonly minScore: number | undefined;
    readonly options: Options;
  },
): Promise<(TestReport | MutationReport) & Pick<TestRun, 'context'>> {
  const found = await findContentFiles(host, project, paths);
  const files = paths.length === 0 ? found : await withPartners(project, found);
  const ref = textOption(options, 'changedSince');
  const scope =
    ref === undefined
      ? undefined
      : findChangedScope(await findChangedFiles(host, project, ref), project.config.baseline);
  const analyse = createAnalysisMemory();
  const isPart = paths.length > 0;
  const content = await validateProject(host, project, files, { only: scope, isPart, analyse });
  const minimum = numberOption(options, 'minScenarios');
  const run = await runTests(host, project, content, {
    environment,
    scope,
    minScenarios: minScenarios(project, minimum),
    explainsAll: flagOption(options, 'explain'),
    analyse,
  });
  const mutations = minScore === undefined ? undefined : await runMutations(host, run);
  const inScope = content.diagnostics.filter(({ file }) => scope === undefined || scope.has(file));
  const { diagnostics } = await judgeFindings(project, {
    diagnostics: [...inScope, ...run.diagnostics, ...toMutationDiagnostics(mutations, run, minScore)],
    suppressions: content.suppressions,
    complete: false,
  });
  const { tests, skipped, context } = run;
  return {
    tests,
    skipped,
    context,
    ...(mutations && { mutations }),
    diagnostics: withoutRepeats(diagnostics).flatMap((each) => toReported(each, minimum)),
  };
}

/** Validation tells of warnings; here they would hide what the scenarios say. */
function toReported(diagnostic: Diagnostic, minimum: number | undefined): readonly Diagnostic[] {
  const { code, file, severity } = diagnostic;
  if (code === 'scenario-missing')
    return [{ ...diagnostic, severity: minimum === undefined ? severity : 'error' }];
  return severity === 'error' || isTestsFile(file) || testingCodes.some(({ id }) => id === code)
    ? [diagnostic]
    : [];
}

/** Validation finds what is wrong with rows, too. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [JSON.stringify(each), each])).values()];
}

/** What the command line asks for is asked of every detection. */
function minScenarios({ config }: Project, minimum: number | undefined): TestingConfig['minScenarios'] {
  const configured = config.testing.minScenarios;
  return minimum === undefined ? configured : { firing: minimum, silent: minimum, status: 'any' };
}

/** Adds the tests of detections and the detections of tests, where they are. */
async function withPartners({ fs }: Project, files: readonly string[]): Promise<readonly string[]> {
  const wanted = files.flatMap((file) => [file, partnerOf(file)]);
  const found = await Promise.all(
    [...new Set(wanted)].map(async (file) => {
      if (files.includes(file)) return [file];
      return (await fs.readFileIfExists(file)) === undefined ? [] : [file];
    }),
  );
  const all = found.flat().sort();
  if (all.some((file) => !isTestsFile(file))) return all;
  throw new ToolError('usage', `${files.join(', ')}: there is no detection to test`, {
    hint: 'x.tests.yaml holds the scenarios of x.yaml beside it',
  });
}

function partnerOf(file: string): string {
  return isTestsFile(file) ? detectionFileOf(file) : testsFileOf(file);
}
