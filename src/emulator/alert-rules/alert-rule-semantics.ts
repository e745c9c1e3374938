import { parseDuration } from '../../core/duration.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { alertRuleLimits as limits } from '../../sentinel/limits.ts';
import { shownText } from '../shown-text.ts';
import { entityMappingFault } from './entity-mapping-faults.ts';

/**
 * What the service says about properties that fit the schema but make no sense; undefined if they do. Texts of which
 * service-side evidence exists are word for word; the rest is in the same style, and the table of behaviours says so.
 */
export function alertRuleFault(kind: string, properties: JsonObject): string | undefined {
  if (kind !== 'Scheduled' && kind !== 'NRT') return undefined;
  const invalid = `Invalid Properties for ${kind} alert rule: `;
  const scheduled = durationFault(properties) ?? scheduleFault(properties);
  if (scheduled !== undefined) return invalid + scheduled;
  const template = templateFault(properties);
  if (template !== undefined) return invalid + template;
  return (
    techniqueFault(properties) ??
    lengthFault(properties) ??
    entityMappingFault(properties['entityMappings']) ??
    placeholderFault(properties['alertDetailsOverride']) ??
    customDetailsFault(properties['customDetails']) ??
    groupingFault(properties)
  );
}

const ranges = [
  ['queryFrequency', limits.queryFrequency],
  ['queryPeriod', limits.queryPeriod],
  ['suppressionDuration', limits.suppressionDuration],
] as const;

function durationFault(properties: JsonObject): string | undefined {
  for (const [key, { min, max }] of ranges) {
    const value = properties[key];
    if (typeof value !== 'string') continue;
    const seconds = isoSeconds(value);
    if (seconds === undefined) return `'${key}' is not a valid ISO 8601 duration: '${value}'`;
    if (seconds < secondsOf(min) || seconds > secondsOf(max))
      return `'${key}' should be between ${min} and ${max}`;
  }
  return undefined;
}

function scheduleFault(properties: JsonObject): string | undefined {
  const frequency = isoSeconds(properties['queryFrequency']);
  const period = isoSeconds(properties['queryPeriod']);
  if (frequency === undefined || period === undefined) return undefined;
  if (period < frequency) return "'queryPeriod' should be greater than or equal to 'queryFrequency'";
  if (period >= secondsOf(limits.longPeriod) && frequency < secondsOf(limits.longPeriodFrequency)) {
    return "When 'queryPeriod' greater than or equal to 2 days, the 'queryFrequency' should be greater than or equal to 1 hour.";
  }
  const suppression = isoSeconds(properties['suppressionDuration']) ?? 0;
  if (properties['suppressionEnabled'] === true && suppression < frequency) {
    return "'suppressionDuration' should be greater than or equal to 'queryFrequency'";
  }
  const threshold = Number(properties['triggerThreshold']);
  const { min, max } = limits.triggerThreshold;
  return threshold < min || threshold > max
    ? `'triggerThreshold' should be between ${min} and ${max}`
    : undefined;
}

function templateFault({ templateVersion, alertRuleTemplateName }: JsonObject): string | undefined {
  return isText(templateVersion) && !isText(alertRuleTemplateName)
    ? "'templateVersion' can only be used if 'alertRuleTemplateName' is not empty"
    : undefined;
}

function techniqueFault({ techniques }: JsonObject): string | undefined {
  const wrong = textsOf(techniques).find((technique) => !/^T\d{4}$/.test(technique));
  if (wrong === undefined) return undefined;
  return `Invalid data model. [: The technique '${wrong}' is invalid. The expected format is 'T####', where '#' represents a digit.]`;
}

const lengths = [
  ['displayName', 1, limits.displayNameLength],
  ['description', 0, limits.descriptionLength],
  ['query', 1, limits.queryLength],
] as const;

function lengthFault(properties: JsonObject): string | undefined {
  for (const [key, min, max] of lengths) {
    const value = properties[key];
    if (typeof value === 'string' && (value.length < min || value.length > max)) {
      return `Invalid data model. [properties.${key}: The length must be between ${min} and ${max}.]`;
    }
  }
  return undefined;
}

function placeholderFault(override: JsonValue | undefined): string | undefined {
  if (!isJsonObject(override)) return undefined;
  for (const field of ['alertDisplayNameFormat', 'alertDescriptionFormat']) {
    const format = override[field];
    if (typeof format !== 'string') continue;
    const count = format.match(/\{\{[^{}]*\}\}/g)?.length ?? 0;
    if (count > limits.placeholdersPerFormat) {
      return `You have defined ${count} parameters in '${field}'. The maximum allowed is ${limits.placeholdersPerFormat}.`;
    }
  }
  return undefined;
}

function customDetailsFault(details: JsonValue | undefined): string | undefined {
  const count = isJsonObject(details) ? Object.keys(details).length : 0;
  return count > limits.customDetails
    ? `Invalid length of '${count}' for 'CustomDetails'. 'CustomDetails' length should be between '1' and '${limits.customDetails}'`
    : undefined;
}

function groupingFault(properties: JsonObject): string | undefined {
  const incidents = properties['incidentConfiguration'];
  const grouping = isJsonObject(incidents) ? incidents['groupingConfiguration'] : undefined;
  if (!isJsonObject(grouping)) return undefined;
  const { lookbackDuration, matchingMethod } = grouping;
  const lookback = isoSeconds(lookbackDuration);
  const { min, max } = limits.lookbackDuration;
  if (lookback === undefined || lookback < secondsOf(min) || lookback > secondsOf(max)) {
    return `Invalid data model. [properties.incidentConfiguration.groupingConfiguration.lookbackDuration: The value '${shownText(lookbackDuration)}' must be a duration between ${min} and ${max}.]`;
  }
  const groupBy = ['groupByEntities', 'groupByAlertDetails', 'groupByCustomDetails'];
  return matchingMethod === 'Selected' && groupBy.every((key) => textsOf(grouping[key]).length === 0)
    ? "Invalid data model. [properties.incidentConfiguration.groupingConfiguration: When 'matchingMethod' is 'Selected', at least one of 'groupByEntities', 'groupByAlertDetails' and 'groupByCustomDetails' must not be empty.]"
    : undefined;
}

/** Seconds of an ISO 8601 duration; the service takes no other form. */
function isoSeconds(value: JsonValue | undefined): number | undefined {
  return typeof value === 'string' && value.startsWith('P') ? parseDuration(value) : undefined;
}

function secondsOf(duration: string): number {
  return parseDuration(duration) ?? 0;
}

function isText(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
