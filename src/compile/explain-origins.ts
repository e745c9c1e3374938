import type { SourceSpan } from '../core/diagnostic.ts';
import { joinPointer, valueAt } from '../core/json-pointer.ts';
import { isJsonObject, type JsonValue } from '../core/json.ts';
import type { Detection } from '../detection/detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { EffectiveDetection, EnvironmentOrigin } from './apply-environment.ts';

/** Where a value of an effective detection comes from. */
export type Origin =
  | EnvironmentOrigin
  | { readonly from: 'detection'; readonly file: string; readonly span: SourceSpan }
  | { readonly from: 'default' };

/** A value by its canonical pointer in the detection's YAML, and where it comes from. */
export interface ExplainedValue {
  readonly pointer: string;
  readonly value: JsonValue;
  readonly origin: Origin;
}

/** Every value that decides what is deployed, in the order of the format, with its origin. */
export function explainOrigins(effective: EffectiveDetection): readonly ExplainedValue[] {
  const { loaded, detection, origins } = effective;
  return listValues(toAuthoredForm(detection)).map(({ pointer, value }) => ({
    pointer,
    value,
    origin: origins.get(pointer) ?? authoredOrigin(loaded, pointer),
  }));
}

/** Keys of the format that stand for another one as well. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  '/relevantTechniques': ['/relevantTechniques', '/techniques', '/subTechniques'],
};

function authoredOrigin(loaded: LoadedDetection, pointer: string): Origin {
  const authored = (aliases[pointer] ?? [pointer]).find((place) => {
    const value = valueAt(loaded.document.data, place);
    return value !== undefined && value !== null;
  });
  if (authored === undefined) return { from: 'default' };
  return { from: 'detection', file: loaded.file, span: loaded.document.spanOf(authored) };
}

/** The members by the keys of the authored format; those that are never deployed (tags, false positives) are left out. */
function toAuthoredForm(detection: Detection): Readonly<Record<string, unknown>> {
  const { id, kind, name, description, version, status } = detection;
  const head = { id, kind, name, description, version, status };
  if (detection.kind === 'MicrosoftSecurityIncidentCreation') {
    const { enabled, productFilter, severitiesFilter, displayNamesFilter, displayNamesExcludeFilter } =
      detection;
    const filters = { productFilter, severitiesFilter, displayNamesFilter, displayNamesExcludeFilter };
    return { ...head, enabled, ...filters, alertRuleTemplateName: detection.alertRuleTemplateName };
  }
  const { query, parameters, tactics, techniques, entityMappings } = detection;
  const queried = {
    tactics,
    relevantTechniques: techniques,
    query,
    parameters: Object.fromEntries(parameters.map(({ name, default: value }) => [name, { default: value }])),
    entityMappings,
  };
  if (detection.kind === 'Hunting') return { ...head, ...queried };
  const schedule = detection.kind === 'NRT' ? {} : pickSchedule(detection);
  return {
    ...head,
    enabled: detection.enabled,
    severity: detection.severity,
    ...queried,
    ...schedule,
    suppressionEnabled: detection.suppressionEnabled,
    suppressionDuration: detection.suppressionDuration,
    eventGroupingSettings: detection.eventGrouping && { aggregationKind: detection.eventGrouping },
    sentinelEntitiesMappings: detection.sentinelEntitiesMappings,
    customDetails: detection.customDetails,
    alertDetailsOverride: detection.alertDetailsOverride,
    incidentConfiguration: detection.incidentConfiguration,
    alertRuleTemplateName: detection.alertRuleTemplateName,
    templateVersion: detection.templateVersion,
  };
}

function pickSchedule({
  queryFrequency,
  queryPeriod,
  triggerOperator,
  triggerThreshold,
}: Extract<Detection, { kind: 'Scheduled' }>): Readonly<Record<string, unknown>> {
  return { queryFrequency, queryPeriod, triggerOperator, triggerThreshold };
}

/** Mappings are taken apart, lists are not; an empty list says nothing. */
function listValues(
  members: Readonly<Record<string, unknown>>,
  base = '',
): readonly { readonly pointer: string; readonly value: JsonValue }[] {
  return Object.entries(members).flatMap(([key, member]) => {
    const pointer = joinPointer(base, key);
    if (member === undefined || (Array.isArray(member) && member.length === 0)) return [];
    // A parameter's value is one value, whatever it holds.
    if (isJsonObject(member) && !base.startsWith('/parameters/')) return listValues(member, pointer);
    return [{ pointer, value: member as JsonValue }];
  });
}
