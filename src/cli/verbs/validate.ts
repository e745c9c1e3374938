import { hasErrors } from '../../core/diagnostic.ts';
import { ToolError } from '../../core/tool-error.ts';
import { targetName, type Environment } from '../../detection/config.ts';
import { findTargets } from '../../detection/load-config.ts';
import { countOf } from '../../report/count-of.ts';
import type { PolicyOutcome } from '../../validate/apply-policy.ts';
import { findChangedScope, isInScope } from '../../validate/changed-since.ts';
import { checkTimedEntries } from '../../validate/timed-entries.ts';
import { prepareForEnvironment, validateProject, type ProjectValidation } from '../validate-project.ts';
import { findChangedFiles } from '../changed-files.ts';
import type { Host } from '../host.ts';
import { judgeFindings, writeBaseline, type Findings } from '../judge-findings.ts';
import { addFormatOption, choiceOption, flagOption, textOption, type Options } from '../options.ts';
import { configFile, findContentFiles, openProject, type Project } from '../project.ts';
import { addReportOption, readReports, writeReports } from '../reports.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { withoutRepeats } from '../without-repeats.ts';
import { diagnosticFormats, writeDiagnostics } from '../write-diagnostics.ts';

const help = `
Reads the given files and folders, or else everything below the folder "detections" of kustodian.yaml, and prints every
finding with its place. An error means that the service would refuse the detection or that something in it would be
lost; the exit code is then 1. "kustodian explain CODE" says what a finding is about.

Examples:
  kustodian validate
  kustodian validate detections/execution --env production
  kustodian validate --format github --report sarif=validate.sarif --report markdown=summary.md
  kustodian validate --changed-since origin/main`;

/** `kustodian validate [paths…]` */
export const validate: Verb = {
  configure(command) {
    command.argument('[paths...]', 'files and folders; everything if none is given');
    command.option('-e, --env <name>', 'compile for this environment only, instead of for all');
    command.option('--changed-since <ref>', 'report what concerns the files that differ from this branch');
    command.option('--write-baseline', 'list what is found now in the baseline of kustodian.yaml');
    addFormatOption(command, diagnosticFormats);
    addReportOption(command, 'the findings');
    command.addHelpText('after', help);
  },

  async run(host, paths, options) {
    const format = choiceOption(options, 'format', diagnosticFormats);
    const reports = readReports(options, diagnosticFormats);
    const project = await openProject(host);
    const environments = chooseEnvironments(project, textOption(options, 'env'));
    const files = await findContentFiles(host, project, paths);
    const scope = await chooseScope(host, project, textOption(options, 'changedSince'));
    const partial = paths.length > 0;
    const complete = !partial && scope === undefined && textOption(options, 'env') === undefined;
    const baselineFile = chooseBaseline(project, complete, options);

    const content = await validateProject(host, project, files, { only: scope, isPart: partial });
    const extent = { scope, partial, complete, now: host.now() };
    const findings = await collectFindings(project, content, environments, extent);
    const outcome =
      baselineFile === undefined
        ? await judgeFindings(project, findings)
        : await rewriteBaseline(host, project, baselineFile, findings);

    const checked = scope === undefined ? files : files.filter((file) => scope.has(file));
    const context = { host, fs: project.fs, files: checked };
    await writeReports(outcome.diagnostics, reports, context);
    await writeDiagnostics(outcome.diagnostics, format, { ...context, output: host.stdout });
    if (format === 'text') host.stderr.write(summarise(content, checked, outcome, environments));
    return hasErrors(outcome.diagnostics) ? exitCodes.findings : exitCodes.clean;
  },
};

/** How much is validated and reported. */
interface Extent {
  /** The files to report on; undefined for all of them. */
  readonly scope: ReadonlySet<string> | undefined;
  /** True if only a part of the repository was read. */
  readonly partial: boolean;
  readonly complete: boolean;
  readonly now: Date;
}

function chooseEnvironments(project: Project, name: string | undefined): readonly Environment[] {
  return name === undefined ? [...project.config.environments.values()] : findTargets(project.config, name);
}

/** Where `--write-baseline` writes to; undefined if it was not asked for. */
function chooseBaseline({ config }: Project, isComplete: boolean, options: Options): string | undefined {
  if (!flagOption(options, 'writeBaseline')) return undefined;
  if (!isComplete) {
    throw new ToolError('usage', '--write-baseline needs everything to be validated', {
      hint: 'leave paths, --env and --changed-since out: what they leave out would go missing in the baseline',
    });
  }
  if (config.baseline === undefined) {
    throw new ToolError('usage', `${configFile} names no baseline`, {
      hint: `add "baseline: .kustodian-baseline.json" to ${configFile}`,
    });
  }
  return config.baseline;
}

/** The files to report on; undefined for all of them. */
async function chooseScope(
  host: Host,
  project: Project,
  ref: string | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (ref === undefined) return undefined;
  return findChangedScope(await findChangedFiles(host, project, ref), project.config.baseline);
}

/** Everything that was found in a scope, in the content and in what it comes to in each environment. */
async function collectFindings(
  project: Project,
  content: ProjectValidation,
  environments: readonly Environment[],
  { scope, partial, complete, now }: Extent,
): Promise<Findings> {
  const prepared = await Promise.all(
    environments.map((environment) => prepareForEnvironment(project, content, environment, partial)),
  );
  const all = withoutRepeats([
    ...project.diagnostics,
    ...content.diagnostics,
    ...prepared.flatMap(({ diagnostics }) => [...diagnostics]),
    ...(partial ? [] : checkTimedEntries(project.config, content.loaded, now)),
  ]);
  if (scope === undefined) return { diagnostics: all, suppressions: content.suppressions, complete };
  return {
    diagnostics: all.filter((each) => each.file === configFile || isInScope(each, scope)),
    suppressions: content.suppressions.filter(({ file }) => scope.has(file)),
    complete,
  };
}

async function rewriteBaseline(
  host: Host,
  project: Project,
  file: string,
  findings: Findings,
): Promise<PolicyOutcome> {
  const { outcome, written } = await writeBaseline(project, file, findings);
  host.stderr.write(`wrote ${file}: ${countOf(written, 'finding')}\n`);
  return outcome;
}

function summarise(
  content: ProjectValidation,
  checked: readonly string[],
  { suppressed, known }: PolicyOutcome,
  environments: readonly Environment[],
): string {
  const files =
    checked.length < content.files
      ? `${checked.length} of ${content.files} files have changed`
      : `${countOf(content.files, 'file')}: ${countOf(content.loaded.length, 'detection')}`;
  const notes = [
    ...(content.stubs.length === 0 ? [] : [`${content.stubs.length} moved elsewhere`]),
    ...(suppressed === 0 ? [] : [`${countOf(suppressed, 'finding')} suppressed`]),
    ...(known === 0 ? [] : [`${countOf(known, 'finding')} in the baseline`]),
  ].map((note) => `, ${note}`);
  return `${files}${notes.join('')}; environments: ${environments.map(targetName).join(', ')}\n`;
}
