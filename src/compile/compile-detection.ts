import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import type { Environment } from '../detection/config.ts';
import type { Detection } from '../detection/detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { DesiredResource } from '../sentinel/desired-resource.ts';
import { alertRuleLimits } from '../sentinel/limits.ts';
import type { AlertRule, SavedSearch } from '../sentinel/resource.ts';
import { findApiVersionGaps } from './api-version-gaps.ts';
import { applyEnvironment, type EffectiveDetection } from './apply-environment.ts';
import { checkParameters } from './check-parameters.ts';
import { compileHuntingSavedSearch } from './hunting-saved-search.ts';
import { compileIncidentCreationAlertRule } from './incident-creation-alert-rule.ts';
import { compileNrtAlertRule } from './nrt-alert-rule.ts';
import { compileScheduledAlertRule } from './scheduled-alert-rule.ts';

/** What became of a detection in an environment. `resource` is absent exactly when `diagnostics` holds an error. */
export interface CompileResult {
  readonly resource?: DesiredResource;
  readonly effective: EffectiveDetection;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a detection for an environment to the resource that the workspace is to have. Pure, and deterministic to the
 * byte: the same detection and environment give the same JSON.
 */
export function compileDetection(loaded: LoadedDetection, environment: Environment): CompileResult {
  const { effective, diagnostics: misfits } = applyEnvironment(loaded, environment);
  const diagnostics = [...checkParameters(loaded), ...misfits, ...findApiVersionGaps(effective)];
  if (hasErrors(diagnostics)) return { effective, diagnostics };

  const { detection } = effective;
  const body = compileBody(detection, environment.apiVersion);
  const tooLong = checkCompiledLength(loaded, body);
  if (tooLong !== undefined) return { effective, diagnostics: [...diagnostics, tooLong] };
  const resource: DesiredResource = {
    kind: detection.kind === 'Hunting' ? 'savedSearch' : 'alertRule',
    name: detection.id,
    displayName: detection.name,
    detection: {
      id: detection.id,
      file: loaded.file,
      ...(detection.version === undefined ? {} : { version: detection.version }),
    },
    body,
  };
  return { resource, effective, diagnostics };
}

/** The body alone, for a detection that an api-version can carry whole. */
export function compileBody(detection: Detection, apiVersion: string): AlertRule | SavedSearch {
  switch (detection.kind) {
    case 'Scheduled':
      return compileScheduledAlertRule(detection, apiVersion);
    case 'NRT':
      return compileNrtAlertRule(detection, apiVersion);
    case 'MicrosoftSecurityIncidentCreation':
      return compileIncidentCreationAlertRule(detection);
    case 'Hunting':
      return compileHuntingSavedSearch(detection);
  }
}

/** The length of the authored query is checked elsewhere; its parameters may be what takes it over the limit. */
function checkCompiledLength(loaded: LoadedDetection, body: AlertRule | SavedSearch): Diagnostic | undefined {
  const { queryLength: limit } = alertRuleLimits;
  const { detection, file } = loaded;
  if (!('kind' in body) || !('query' in body.properties) || !('query' in detection)) return undefined;
  const { length } = body.properties.query;
  if (length <= limit || detection.query.length > limit) return undefined;
  return {
    code: 'compiled-query-too-long',
    severity: 'error',
    message: `the query has ${length} characters with its parameters; the service takes ${limit}`,
    file,
    span: loaded.spanOf('/parameters', 'key'),
    hint: `shorten the query or the values of its parameters by ${length - limit} characters`,
  };
}
