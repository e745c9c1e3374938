import { compareDiagnostics, hasErrors, type Diagnostic } from '../../core/diagnostic.ts';
import { countOf } from '../../report/count-of.ts';
import { renderDetectionTest } from '../../report/render-test-text.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import { textOption } from '../options.ts';
import { paletteFor } from '../palette.ts';
import { findContentFiles, openProject, type Project } from '../project.ts';
import { runTests, withPartners, type TestRun } from '../run-tests.ts';
import { validateProject } from '../validate-project.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { writeDiagnostics } from '../write-diagnostics.ts';

const help = `
Runs the scenarios of <slug>.tests.yaml beside each detection: rows in, alerts out, without a workspace. docs/testing.md
says how to write them.

Examples:
  kustodian test
  kustodian test detections/execution`;

/** `kustodian test [paths…]` */
export const test: Verb = {
  configure(command) {
    command.argument('[paths...]', 'files and folders; everything if none is given');
    command.option('-e, --env <name>', 'run with the values of this environment, and what it selects only');
    command.option('--explain', 'show the rows after every operator, and where each given row died');
    command.addHelpText('after', help);
  },

  async run(host, paths, options) {
    const project = await openProject(host);
    const environment = textOption(options, 'env');
    if (environment !== undefined) findEnvironment(project.config, environment);
    const files = await existing(project, withPartners(await findContentFiles(host, project, paths)));
    const content = await validateProject(host, project, files, { isPart: paths.length > 0 });
    const explainsAll = options['explain'] === true;
    const run = await runTests(project, content, { environment, explainsAll });
    const palette = paletteFor(host.stdout, host.env);
    for (const each of run.tests) host.stdout.write(renderDetectionTest(each, palette, explainsAll));
    const diagnostics = [...content.diagnostics.filter(isError), ...run.diagnostics].sort(compareDiagnostics);
    await writeDiagnostics(diagnostics, 'text', { host, output: host.stdout, fs: project.fs });
    host.stderr.write(summarise(run));
    const hasFailed = run.tests.some(({ results }) => results.some(({ verdict }) => verdict !== 'passed'));
    return hasFailed || hasErrors(diagnostics) ? exitCodes.findings : exitCodes.clean;
  },
};

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

async function existing({ fs }: Project, files: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    files.map(async (file) => ((await fs.readFileIfExists(file)) === undefined ? [] : [file])),
  );
  return found.flat();
}

function summarise({ tests, skipped }: TestRun): string {
  const results = tests.flatMap((each) => [...each.results]);
  const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length;
  const notes = [
    ...(count('failed') === 0 ? [] : [`${count('failed')} failed`]),
    ...(count('refused') === 0 ? [] : [`${count('refused')} not run`]),
    ...(skipped.length === 0 ? [] : [`${countOf(skipped.length, 'detection')} with errors not run`]),
  ].map((note) => `, ${note}`);
  return `${countOf(results.length, 'scenario')} of ${countOf(tests.length, 'detection')}: ${count('passed')} passed${notes.join('')}\n`;
}
