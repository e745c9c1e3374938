import type { JsonObject } from '../core/json.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { Detection } from './detection.ts';
import type { Finding } from './finding.ts';

const common = [
  'id',
  'name',
  'description',
  'description-long',
  'version',
  'kind',
  'status',
  'tags',
  'metadata',
  'falsePositives',
  'requiredDataConnectors',
];
const querying = [
  ...common,
  'query',
  'parameters',
  'tactics',
  'relevantTechniques',
  'techniques',
  'subTechniques',
  'entityMappings',
  'severity',
];
const scheduling = ['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold'];
const alerting = [
  ...querying,
  // In an NRT detection they have no effect either; the check nrt-schedule says so.
  ...scheduling,
  'enabled',
  'suppressionEnabled',
  'suppressionDuration',
  'eventGroupingSettings',
  'customDetails',
  'alertDetailsOverride',
  'incidentConfiguration',
  'sentinelEntitiesMappings',
  'alertRuleTemplateName',
  'templateVersion',
];

/** The keys of the format that mean something for a kind. On a hunting query, severity is for readers. */
const effectiveKeys: Readonly<Record<Detection['kind'], ReadonlySet<string>>> = {
  Scheduled: new Set(alerting),
  NRT: new Set(alerting),
  Hunting: new Set(querying),
  MicrosoftSecurityIncidentCreation: new Set([
    ...common,
    'enabled',
    'productFilter',
    'severitiesFilter',
    'displayNamesFilter',
    'displayNamesExcludeFilter',
    'alertRuleTemplateName',
  ]),
};

const kindNames: Readonly<Record<Detection['kind'], string>> = {
  Scheduled: 'a Scheduled detection',
  NRT: 'an NRT detection',
  Hunting: 'a hunting query',
  MicrosoftSecurityIncidentCreation: 'a MicrosoftSecurityIncidentCreation detection',
};

/** Warns of keys that the format has, but not for this kind. Keys that the format lacks are the schema's business. */
export function findIneffectiveKeys(
  authored: JsonObject,
  kind: Detection['kind'],
  isKnown: (key: string) => boolean,
): readonly Finding[] {
  return Object.keys(authored)
    .filter((key) => isKnown(key) && !effectiveKeys[kind].has(key))
    .map((key) => ({
      code: 'key-without-effect',
      severity: 'warning',
      message: `${key} has no effect in ${kindNames[kind]}`,
      hint: 'remove it',
      pointer: joinPointer('', key),
      part: 'key',
    }));
}
