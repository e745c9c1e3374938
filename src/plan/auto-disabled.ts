import { isJsonObject } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { fieldOf } from './applied-state.ts';
import type { FieldDiff } from './plan.ts';

/**
 * What the service adds to the display name of an alert rule that it disabled. Source:
 * learn.microsoft.com/azure/sentinel/troubleshoot-analytics-rules.
 */
const prefix = 'AUTO DISABLED';

/** True for a display name that the service gave to an alert rule that it disabled. */
export function isAutoDisabledName(displayName: JsonValue | undefined): boolean {
  return typeof displayName === 'string' && displayName.startsWith(prefix);
}

/** True for an alert rule that the service itself switched off after failures, and that nobody switched on again. */
export function isAutoDisabled(body: JsonObject): boolean {
  const properties = isJsonObject(body['properties']) ? body['properties'] : {};
  return properties['enabled'] === false && isAutoDisabledName(properties['displayName']);
}

/** What decides whether an alert rule can run: its query, its schedule, and the columns that it takes from the result. */
const logic: ReadonlySet<string> = new Set(
  [
    'query',
    'queryFrequency',
    'queryPeriod',
    'triggerOperator',
    'triggerThreshold',
    'entityMappings',
    'sentinelEntitiesMappings',
    'customDetails',
    'alertDetailsOverride',
    'eventGroupingSettings',
  ].map((name) => `/properties/${name}`),
);

/** True if the repository changed what an alert rule does, so that it may run now. */
export function changesLogic(fields: readonly FieldDiff[]): boolean {
  return fields.some(({ pointer, cause }) => cause !== 'drift' && logic.has(fieldOf(pointer)));
}
