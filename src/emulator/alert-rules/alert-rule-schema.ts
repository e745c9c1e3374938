import type { JsonObject } from '../../core/json.ts';
import { supports } from '../../sentinel/api-versions.ts';
import {
  aggregationKinds,
  alertProperties,
  alertSeverities,
  entityTypes,
  matchingMethods,
  productFilters,
  tactics,
  triggerOperators,
} from '../../sentinel/vocabulary.ts';

/** The kinds of alert rule that the provider has. */
export const alertRuleKinds = [
  'Scheduled',
  'NRT',
  'MicrosoftSecurityIncidentCreation',
  'Fusion',
  'MLBehaviorAnalytics',
  'ThreatIntelligence',
] as const;
export type AlertRuleKind = (typeof alertRuleKinds)[number];

/** True if an api-version has alert rules of a kind: three exist in previews only. */
export function hasKind(apiVersion: string, kind: AlertRuleKind): boolean {
  switch (kind) {
    case 'NRT':
      return supports(apiVersion, 'nrt');
    case 'MLBehaviorAnalytics':
    case 'ThreatIntelligence':
      return apiVersion.endsWith('-preview');
    case 'Scheduled':
    case 'MicrosoftSecurityIncidentCreation':
    case 'Fusion':
      return true;
  }
}

/**
 * JSON Schema of the `properties` of a PUT body. What the provider requires is required, all else may be null; members
 * that it does not know are let through here and dropped afterwards, as a typed service does.
 */
export function alertRuleSchema(kind: AlertRuleKind, apiVersion: string): JsonObject {
  switch (kind) {
    case 'Scheduled':
      return record([...required.alerting, ...required.schedule], {
        ...alerting(apiVersion),
        queryFrequency: text,
        queryPeriod: text,
        triggerOperator: oneOf(triggerOperators),
        triggerThreshold: { type: 'integer' },
      });
    case 'NRT':
      return record(required.alerting, alerting(apiVersion));
    case 'MicrosoftSecurityIncidentCreation':
      return record(['displayName', 'enabled', 'productFilter'], {
        ...common,
        productFilter: oneOf(
          supports(apiVersion, 'defenderProductFilters')
            ? productFilters
            : productFilters.filter((product) => !defenderProducts.has(product)),
        ),
        severitiesFilter: optional(listOf(oneOf(alertSeverities))),
        displayNamesFilter: optional(listOf(text)),
        displayNamesExcludeFilter: optional(listOf(text)),
      });
    case 'Fusion':
    case 'MLBehaviorAnalytics':
    case 'ThreatIntelligence':
      return record(['alertRuleTemplateName', 'enabled'], { alertRuleTemplateName: text, enabled: flag });
  }
}

const defenderProducts: ReadonlySet<string> = new Set([
  'Microsoft Defender Advanced Threat Protection',
  'Office 365 Advanced Threat Protection',
]);

const required = {
  alerting: ['displayName', 'enabled', 'severity', 'query', 'suppressionEnabled', 'suppressionDuration'],
  schedule: ['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold'],
} as const;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const common: JsonObject = {
  displayName: text,
  enabled: flag,
  description: optional(text),
  alertRuleTemplateName: optional(text),
};

function alerting(apiVersion: string): JsonObject {
  return {
    ...common,
    severity: oneOf(alertSeverities),
    query: text,
    suppressionEnabled: flag,
    suppressionDuration: text,
    tactics: optional(listOf(oneOf(tactics))),
    techniques: optional(listOf(text)),
    subTechniques: optional(listOf(text)),
    templateVersion: optional(text),
    eventGroupingSettings: optional(record([], { aggregationKind: oneOf(aggregationKinds) })),
    customDetails: optional({ type: 'object', additionalProperties: text }),
    entityMappings: optional(
      listOf(
        record([], {
          entityType: oneOf(entityTypes),
          fieldMappings: listOf(record([], { identifier: text, columnName: text })),
        }),
      ),
    ),
    sentinelEntitiesMappings: optional(listOf(record([], { columnName: text }))),
    alertDetailsOverride: optional(
      record([], {
        alertDisplayNameFormat: optional(text),
        alertDescriptionFormat: optional(text),
        alertTacticsColumnName: optional(text),
        alertSeverityColumnName: optional(text),
        alertDynamicProperties: optional(
          listOf(record([], { alertProperty: oneOf(alertPropertiesOf(apiVersion)), value: text })),
        ),
      }),
    ),
    incidentConfiguration: optional(
      record(['createIncident'], {
        createIncident: flag,
        groupingConfiguration: optional(grouping(apiVersion)),
      }),
    ),
  };
}

function alertPropertiesOf(apiVersion: string): readonly string[] {
  if (supports(apiVersion, 'subTechniquesAlertProperty')) return alertProperties;
  return alertProperties.filter((property) => property !== 'SubTechniques');
}

function grouping(apiVersion: string): JsonObject {
  const shared = {
    enabled: flag,
    reopenClosedIncident: flag,
    lookbackDuration: text,
    groupByEntities: optional(listOf(oneOf(entityTypes))),
  };
  if (isLegacy(apiVersion)) {
    return record(['enabled', 'reopenClosedIncident', 'lookbackDuration', 'entitiesMatchingMethod'], {
      ...shared,
      entitiesMatchingMethod: oneOf(['All', 'None', 'Custom']),
    });
  }
  return record(['enabled', 'reopenClosedIncident', 'lookbackDuration', 'matchingMethod'], {
    ...shared,
    matchingMethod: oneOf(matchingMethods),
    groupByAlertDetails: optional(listOf(oneOf(['DisplayName', 'Severity']))),
    groupByCustomDetails: optional(listOf(text)),
  });
}

/** True for the versions before 2021, whose alert rules have another form. */
export function isLegacy(apiVersion: string): boolean {
  return apiVersion < '2021';
}

function record(requiredKeys: readonly string[], properties: JsonObject): JsonObject {
  return { type: 'object', required: requiredKeys, properties };
}

function listOf(items: JsonObject): JsonObject {
  return { type: 'array', items };
}

function oneOf(values: readonly string[]): JsonObject {
  return { type: 'string', enum: values };
}

/** Null is as good as absent. */
function optional(schema: JsonObject): JsonObject {
  const { type, ...rest } = schema;
  const values = rest['enum'];
  return {
    ...rest,
    type: [type ?? 'object', 'null'],
    ...(Array.isArray(values) ? { enum: [...(values as string[]), null] } : {}),
  };
}
