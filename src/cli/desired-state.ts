import { hasErrors } from '../core/diagnostic.ts';
import { targetName, type Environment } from '../detection/config.ts';
import { countOf } from '../report/count-of.ts';
import type { DesiredResource } from '../sentinel/desired-resource.ts';
import type { Host } from './host.ts';
import { judgeFindings } from './judge-findings.ts';
import { findContentFiles, type Project } from './project.ts';
import { prepareForEnvironment, validateProject } from './validate-project.ts';
import { withoutRepeats } from './without-repeats.ts';
import { writeDiagnostics } from './write-diagnostics.ts';

/** What an environment is to hold; see `loadDesiredStates`. */
export async function loadDesiredState(
  host: Host,
  project: Project,
  environment: Environment,
): Promise<readonly DesiredResource[] | undefined> {
  return (await loadDesiredStates(host, project, [environment]))?.get(environment);
}

/**
 * Validates the whole repository and gives what each environment is to hold, or undefined where anything at all is wrong:
 * then the errors are on stderr, and nothing may be compared or written, since a detection that failed to load would
 * look like a deleted one.
 */
export async function loadDesiredStates(
  host: Host,
  project: Project,
  environments: readonly Environment[],
): Promise<ReadonlyMap<Environment, readonly DesiredResource[]> | undefined> {
  const files = await findContentFiles(host, project, []);
  const content = await validateProject(host, project, files);
  const prepared = await Promise.all(
    environments.map((environment) => prepareForEnvironment(project, content, environment)),
  );
  const found = withoutRepeats([
    ...project.diagnostics,
    ...content.diagnostics,
    ...prepared.flatMap((each) => each.diagnostics),
  ]);
  const { suppressions } = content;
  const { diagnostics } = await judgeFindings(project, { diagnostics: found, suppressions, complete: false });
  if (hasErrors(diagnostics)) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const format = host.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'text';
    await writeDiagnostics(errors, format, { host, output: host.stderr, fs: project.fs });
    host.stderr.write('nothing was done, since the detections have errors\n');
    return undefined;
  }
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const said = warnings === 0 ? '' : ` (${countOf(warnings, 'warning')}: see kustodian validate)`;
  const states = new Map<Environment, readonly DesiredResource[]>();
  environments.forEach((environment, index) => {
    const desired = prepared[index]?.desired ?? [];
    host.stderr.write(
      `${countOf(desired.length, 'detection')} for environment ${targetName(environment)}${said}\n`,
    );
    states.set(environment, desired);
  });
  return states;
}
