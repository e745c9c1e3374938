import { joinPointer } from '../core/json-pointer.ts';
import type { OverrideValues } from '../detection/config.ts';
import type { AlertingDetection, Detection, IncidentConfiguration } from '../detection/detection.ts';
import { normaliseIncidentConfiguration } from '../detection/normalise-incident-configuration.ts';

const alertingFields = ['enabled', 'severity', 'suppressionEnabled', 'suppressionDuration'] as const;
const scheduledFields = [
  ...alertingFields,
  'queryFrequency',
  'queryPeriod',
  'triggerOperator',
  'triggerThreshold',
] as const;

/**
 * Sets the fields of an override that the detection's kind has; the others do not concern it. Gives the pointers of the
 * fields that were set. Parameters are not handled here (see applyEnvironment).
 */
export function applyOverride(
  detection: Detection,
  set: OverrideValues,
): { readonly detection: Detection; readonly pointers: readonly string[] } {
  switch (detection.kind) {
    case 'Scheduled': {
      const fields = pick(set, scheduledFields);
      return withIncidentConfiguration({ ...detection, ...fields }, set, fields);
    }
    case 'NRT': {
      const fields = pick(set, alertingFields);
      return withIncidentConfiguration({ ...detection, ...fields }, set, fields);
    }
    case 'MicrosoftSecurityIncidentCreation': {
      const fields = pick(set, ['enabled']);
      return { detection: { ...detection, ...fields }, pointers: leafPointers(fields) };
    }
    case 'Hunting':
      return { detection, pointers: [] };
  }
}

function withIncidentConfiguration(
  detection: AlertingDetection,
  set: OverrideValues,
  fields: Partial<OverrideValues>,
): { readonly detection: Detection; readonly pointers: readonly string[] } {
  const { incidentConfiguration } = set;
  if (incidentConfiguration === undefined) return { detection, pointers: leafPointers(fields) };
  return {
    detection: {
      ...detection,
      incidentConfiguration: mergeIncidentConfiguration(
        detection.incidentConfiguration,
        incidentConfiguration,
      ),
    },
    pointers: leafPointers({ ...fields, incidentConfiguration }),
  };
}

/** Members that neither sets are as in a detection that leaves them out; alerts are not grouped unless one says so. */
function mergeIncidentConfiguration(
  authored: IncidentConfiguration | undefined,
  set: NonNullable<OverrideValues['incidentConfiguration']>,
): IncidentConfiguration {
  const { groupingConfiguration: grouping, ...rest } = set;
  const merged = { ...authored, ...rest };
  if (grouping === undefined) return normaliseIncidentConfiguration(merged);
  return normaliseIncidentConfiguration({
    ...merged,
    groupingConfiguration: { enabled: false, ...authored?.groupingConfiguration, ...grouping },
  });
}

function pick<Key extends keyof OverrideValues>(
  set: OverrideValues,
  keys: readonly Key[],
): Partial<Pick<OverrideValues, Key>> {
  const entries = keys.filter((key) => set[key] !== undefined).map((key) => [key, set[key]]);
  return Object.fromEntries(entries) as Partial<Pick<OverrideValues, Key>>;
}

/** Pointers of the values that are not mappings themselves. */
function leafPointers(value: object, base = ''): readonly string[] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    const pointer = joinPointer(base, key);
    const isMapping = typeof member === 'object' && member !== null && !Array.isArray(member);
    return isMapping ? leafPointers(member, pointer) : [pointer];
  });
}
