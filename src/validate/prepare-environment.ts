import { compareDiagnostics, hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import type { EffectiveDetection } from '../compile/apply-environment.ts';
import { compileDetection } from '../compile/compile-detection.ts';
import { findUnusedSettings } from '../compile/find-unused-settings.ts';
import type { Environment } from '../detection/config.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { isSelected } from '../detection/select-detections.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import type { DesiredResource, DetectionRef } from '../sentinel/desired-resource.ts';
import { recheckDetection } from './recheck-detection.ts';
import { compareSchemas } from './validate-detection.ts';

/** What a set of detections comes to in one environment. If `diagnostics` holds an error, nothing may be deployed. */
export interface EnvironmentPreparation {
  /** Sorted as the detections are. */
  readonly desired: readonly DesiredResource[];
  /** The detections that the environment does not select. */
  readonly unselected: readonly DetectionRef[];
  /** The selected detections with the environment's values in place. */
  readonly effective: readonly EffectiveDetection[];
  /** What is wrong in this environment only; findings of the detections as authored are not repeated. Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Selects, overrides, checks again what an override changed, and compiles.
 *
 * @param loaded every detection of the repository
 * @param schema what the queries are bound to
 * @param pinned the schema that the environment pins: what it finds beyond `schema` is found in this environment
 * @param partial true if `loaded` is only a part of the repository, so that an override without a match means nothing
 */
export function prepareEnvironment(
  loaded: readonly LoadedDetection[],
  environment: Environment,
  schema: WorkspaceSchema,
  {
    partial = false,
    pinned,
  }: { readonly partial?: boolean; readonly pinned?: WorkspaceSchema | undefined } = {},
): EnvironmentPreparation {
  const desired: DesiredResource[] = [];
  const unselected: DetectionRef[] = [];
  const effective: EffectiveDetection[] = [];
  const diagnostics: Diagnostic[] = partial ? [] : [...findUnusedSettings(environment, loaded)];
  for (const one of loaded) {
    if (!isSelected(one, environment)) {
      unselected.push({ id: one.detection.id, file: one.file });
      continue;
    }
    const compiled = compileDetection(one, environment);
    effective.push(compiled.effective);
    diagnostics.push(...compiled.diagnostics);
    if (!hasErrors(compiled.diagnostics)) {
      diagnostics.push(...recheckDetection(compiled.effective, schema));
      if (pinned !== undefined) {
        diagnostics.push(...compareSchemas(one, { base: schema, pinned, environment: environment.name }));
      }
    }
    if (compiled.resource) desired.push(compiled.resource);
  }
  return { desired, unselected, effective, diagnostics: diagnostics.sort(compareDiagnostics) };
}
