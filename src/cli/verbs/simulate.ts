import { compareDiagnostics, hasErrors, type Diagnostic } from '../../core/diagnostic.ts';
import { ToolError } from '../../core/tool-error.ts';
import { raisesAlerts } from '../../checks/detection-kinds.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import { parseDatetime } from '../../engine/datetime-text.ts';
import type { Datetime } from '../../engine/value.ts';
import { renderSimulationJson } from '../../report/render-simulation-json.ts';
import { renderSimulationText } from '../../report/render-simulation-text.ts';
import { loadBenign, readFixtureFiles } from '../../testing/load-tests.ts';
import type { PreparedDetection } from '../../testing/prepare-detection.ts';
import { createPreparer } from '../../testing/preparer.ts';
import { readTimeline } from '../../testing/read-timeline.ts';
import type { Fixtures } from '../../testing/scenario.ts';
import { countRuns, simulatedTimeOf, simulateSchedule } from '../../testing/simulate-schedule.ts';
import type { Host } from '../host.ts';
import { addFormatOption, choiceOption, textOption, type Options } from '../options.ts';
import { paletteFor } from '../palette.ts';
import { pickDetection } from '../pick-detection.ts';
import { findContentFiles, openProject, toRootPath, type Project } from '../project.ts';
import { validateProject } from '../validate-project.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { writeDiagnostics } from '../write-diagnostics.ts';

const formats = ['text', 'json'] as const;

/** More runs take minutes, and nobody reads them. */
const mostRuns = 5_000;

const help = `
Runs the schedule of a detection over a timeline of rows, and prints the alerts and incidents as they would come: which rows no
run looks at, since they came in too late, and which alert more than once, since windows overlap. DETECTION is a file,
an id, or a name. FILE holds rows as docs/testing.md describes them: given, and if needed now, columns, watchlists.

Examples:
  kustodian simulate detections/execution/azure-run-command-by-new-identity.yaml --timeline week.yaml
  kustodian simulate "Password spray ended in an accepted password" --timeline spray.yaml --from 2026-01-15T00:00:00Z`;

/** `kustodian simulate DETECTION --timeline FILE` */
export const simulate: Verb = {
  configure(command) {
    command.argument('<detection>', 'file, id or name of the detection');
    command.requiredOption('-t, --timeline <file>', 'rows of the time to simulate');
    command.option('--from <time>', 'first run, in UTC; by default the first after the first row');
    command.option('--to <time>', 'last run; by default the one after which no window holds a row');
    command.option('-e, --env <name>', 'run with the values of this environment');
    addFormatOption(command, formats);
    command.addHelpText('after', help);
  },

  async run(host, [wanted = ''], options) {
    const format = choiceOption(options, 'format', formats);
    const project = await openProject(host);
    const input = await prepareSimulation(host, project, wanted, options);
    if ('diagnostics' in input) return report(host, project, input.diagnostics);
    const { prepared, timeline } = input;
    const { detection } = prepared;
    if (!raisesAlerts(detection)) throw new ToolError('usage', 'a hunting query has no schedule to simulate');
    const whole = simulatedTimeOf(detection, timeline);
    const from = timeOption(options, 'from') ?? whole?.from;
    const to = timeOption(options, 'to') ?? whole?.to;
    if (from === undefined || to === undefined) {
      throw new ToolError('usage', 'the timeline has no row', { hint: 'give --from and --to' });
    }
    const runs = countRuns(detection, { from, to });
    if (runs < 1 || runs > mostRuns) {
      throw new ToolError('usage', `there are ${runs} runs from --from to --to`, {
        hint: `choose a time with 1 to ${mostRuns} runs`,
      });
    }
    const result = simulateSchedule(prepared, timeline, { from, to });
    if ('diagnostics' in result) return report(host, project, result.diagnostics);
    const palette = paletteFor(host.stdout, host.env);
    host.stdout.write(
      format === 'json'
        ? renderSimulationJson(result.simulation)
        : renderSimulationText(result.simulation, palette),
    );
    return exitCodes.clean;
  },
};

async function report(
  host: Host,
  { fs }: Project,
  diagnostics: readonly Diagnostic[],
): Promise<typeof exitCodes.findings> {
  const sorted = [...diagnostics].sort(compareDiagnostics);
  await writeDiagnostics(sorted, 'text', { host, output: host.stderr, fs });
  return exitCodes.findings;
}

async function prepareSimulation(
  host: Host,
  project: Project,
  wanted: string,
  options: Options,
): Promise<
  | { readonly prepared: PreparedDetection; readonly timeline: Fixtures }
  | { readonly diagnostics: readonly Diagnostic[] }
> {
  const environment = textOption(options, 'env');
  if (environment !== undefined) findEnvironment(project.config, environment);
  const isFile = /\.ya?ml$/i.test(wanted);
  const files = isFile ? [toRootPath(host, project, wanted)] : await findContentFiles(host, project, []);
  const content = await validateProject(host, project, files, { isPart: isFile });
  const loaded = isFile ? content.loaded[0] : pickDetection(content.loaded, wanted);
  const own = content.diagnostics.filter(({ file }) => file === (loaded?.file ?? files[0]));
  if (loaded === undefined || hasErrors(own)) return { diagnostics: own };
  if (loaded.detection.kind === 'MicrosoftSecurityIncidentCreation') {
    throw new ToolError('usage', `"${loaded.file}" has no query to simulate`);
  }
  const { schema } = content;
  const prepare = createPreparer(loaded, { schema, environments: project.config.environments, environment });
  const preparation = prepare({ settings: { parameters: {} }, document: loaded.document, pointer: '' });
  if ('diagnostics' in preparation) return preparation;
  const file = toRootPath(host, project, textOption(options, 'timeline') ?? '');
  const { benign, diagnostics } = loadBenign(file, await project.fs.readFile(file));
  if (benign === undefined) return { diagnostics };
  const read = readTimeline(benign, { schema, files: await readFixtureFiles(project.fs, [benign]) });
  return hasErrors(read.diagnostics) ? read : { prepared: preparation.prepared, timeline: read.fixtures };
}

function timeOption(options: Options, name: string): Datetime | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const time = parseDatetime(text);
  if (time !== null) return time;
  throw new ToolError('usage', `"${text}" is no time for --${name}`, {
    hint: 'write it like 2026-01-15T12:00:00Z',
  });
}
