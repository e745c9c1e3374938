import { hasErrors } from '../core/diagnostic.ts';
import { targetName, type Environment } from '../detection/config.ts';
import { countOf } from '../report/count-of.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import type { AcknowledgedDrift } from '../plan/acknowledge-drift.ts';
import type { ActiveHold } from '../plan/plan-input.ts';
import type { PlanWarning } from '../plan/plan.ts';
import type { DesiredResource, DetectionRef } from '../sentinel/desired-resource.ts';
import { checkTimedEntries, findAcknowledgedDrift, findActiveHolds } from '../validate/timed-entries.ts';
import type { Host } from './host.ts';
import { judgeFindings } from './judge-findings.ts';
import { findContentFiles, type Project } from './project.ts';
import { prepareForEnvironment, validateProject } from './validate-project.ts';
import { withoutRepeats } from './without-repeats.ts';
import { writeDiagnostics } from './write-diagnostics.ts';

/** What the repository says of an environment. */
export interface DesiredState {
  /** What it is to hold. */
  readonly desired: readonly DesiredResource[];
  /** The detections that it does not select. */
  readonly unselected: readonly DetectionRef[];
  /** The holds of kustodian.yaml that count now. */
  readonly holds: readonly ActiveHold[];
  readonly acknowledgedDrift: readonly AcknowledgedDrift[];
  /** What of kustodian.yaml has no effect any more. */
  readonly warnings: readonly PlanWarning[];
  /** What queries are bound to. */
  readonly schema: WorkspaceSchema;
}

/** What an environment is to hold; see `loadDesiredStates`. */
export async function loadDesiredState(
  host: Host,
  project: Project,
  environment: Environment,
): Promise<DesiredState | undefined> {
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
): Promise<ReadonlyMap<Environment, DesiredState> | undefined> {
  const files = await findContentFiles(host, project, []);
  const content = await validateProject(host, project, files);
  const prepared = await Promise.all(
    environments.map((environment) => prepareForEnvironment(project, content, environment)),
  );
  const timed = checkTimedEntries(project.config, content.loaded, host.now());
  const found = withoutRepeats([
    ...project.diagnostics,
    ...content.diagnostics,
    ...prepared.flatMap((each) => each.diagnostics),
    ...timed,
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
  const states = new Map<Environment, DesiredState>();
  environments.forEach((environment, index) => {
    const { desired = [], unselected = [] } = prepared[index] ?? {};
    host.stderr.write(
      `${countOf(desired.length, 'detection')} for environment ${targetName(environment)}${said}\n`,
    );
    const { config } = project;
    states.set(environment, {
      desired,
      unselected,
      holds: findActiveHolds(config, content.loaded, environment, host.now()),
      acknowledgedDrift: findAcknowledgedDrift(config, content.loaded, environment, host.now()),
      warnings: timed.map(({ message, file }) => ({ message, file })),
      schema: content.schema,
    });
  });
  return states;
}
