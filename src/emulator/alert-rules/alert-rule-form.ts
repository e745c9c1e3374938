import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { supports } from '../../sentinel/api-versions.ts';
import { shownText } from '../shown-text.ts';
import { isLegacy, type AlertRuleKind } from './alert-rule-schema.ts';
import { templateProperties } from './rule-templates.ts';

/** Order of Scheduled and NRT since 2021; those of a kind's own that it lacks are skipped. */
const alertingOrder = [
  'incidentConfiguration',
  'entityMappings',
  'sentinelEntitiesMappings',
  'alertDetailsOverride',
  'customDetails',
  'queryFrequency',
  'queryPeriod',
  'triggerOperator',
  'triggerThreshold',
  'eventGroupingSettings',
  'severity',
  'query',
  'suppressionDuration',
  'suppressionEnabled',
  'tactics',
  'techniques',
  'subTechniques',
  'displayName',
  'enabled',
  'description',
  'alertRuleTemplateName',
  'templateVersion',
];

const legacyAlertingOrder = [
  'severity',
  'query',
  'queryFrequency',
  'queryPeriod',
  'triggerOperator',
  'triggerThreshold',
  'suppressionDuration',
  'suppressionEnabled',
  'incidentConfiguration',
  'displayName',
  'enabled',
  'description',
  'tactics',
  'alertRuleTemplateName',
];

const incidentCreationOrder = [
  'productFilter',
  'severitiesFilter',
  'displayNamesFilter',
  'displayNamesExcludeFilter',
  'displayName',
  'enabled',
  'description',
  'alertRuleTemplateName',
];

const scheduleKeys = new Set(['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold']);

/** Keys that are null, not absent, if they were not sent. */
const nullable = new Set([
  'tactics',
  'description',
  'alertRuleTemplateName',
  'severitiesFilter',
  'displayNamesFilter',
  'displayNamesExcludeFilter',
]);

/** What an alert rule without incidentConfiguration gets. */
const defaultGrouping: JsonObject = {
  enabled: false,
  reopenClosedIncident: false,
  lookbackDuration: 'PT5M',
  matchingMethod: 'AllEntities',
  groupByEntities: [],
  groupByAlertDetails: null,
  groupByCustomDetails: null,
};

/**
 * The properties to keep of those sent: known ones only, in the order in which the service writes them today, defaults
 * filled in. Of what was not sent, some are null and some absent.
 */
export function toStoredProperties(kind: AlertRuleKind, sent: JsonObject, apiVersion: string): JsonObject {
  switch (kind) {
    case 'Scheduled':
      return alertingProperties(alertingOrder, sent, apiVersion);
    case 'NRT':
      return alertingProperties(
        alertingOrder.filter((key) => !scheduleKeys.has(key)),
        sent,
        apiVersion,
      );
    case 'MicrosoftSecurityIncidentCreation':
      return arrange(sent, incidentCreationOrder);
    case 'Fusion':
    case 'MLBehaviorAnalytics':
    case 'ThreatIntelligence':
      return { ...templateProperties(kind, sent['alertRuleTemplateName']), enabled: sent['enabled'] ?? null };
  }
}

/** The properties as an api-version shows them. */
export function toShownProperties(
  kind: string | undefined,
  stored: JsonObject,
  lastModifiedUtc: string,
  apiVersion: string,
): JsonObject {
  const shown = Object.fromEntries(Object.entries(stored).filter(([key]) => isShown(key, apiVersion)));
  if (!isLegacy(apiVersion)) return { ...shown, lastModifiedUtc };
  if (kind === 'MicrosoftSecurityIncidentCreation') {
    const { alertRuleTemplateName, ...rest } = shown;
    return { ...rest, tactics: null, alertRuleTemplateName, lastModifiedUtc };
  }
  if (kind !== 'Scheduled') return { ...shown, lastModifiedUtc };
  const incidentConfiguration = toLegacyIncidents(shown['incidentConfiguration']);
  return { ...arrange({ ...shown, incidentConfiguration }, legacyAlertingOrder), lastModifiedUtc };
}

function isShown(key: string, apiVersion: string): boolean {
  return (key !== 'subTechniques' && key !== 'sentinelEntitiesMappings') || supports(apiVersion, key);
}

function alertingProperties(order: readonly string[], sent: JsonObject, apiVersion: string): JsonObject {
  const known = Object.fromEntries(Object.entries(sent).filter(([key]) => isShown(key, apiVersion)));
  return arrange(
    {
      ...known,
      incidentConfiguration: incidentConfiguration(sent['incidentConfiguration'], apiVersion),
      entityMappings: mapItems(sent['entityMappings'], (mapping) => ({
        entityType: mapping['entityType'] ?? null,
        fieldMappings: mapItems(mapping['fieldMappings'], (field) => ({
          identifier: field['identifier'] ?? null,
          columnName: field['columnName'] ?? null,
        })),
      })),
      sentinelEntitiesMappings: mapItems(known['sentinelEntitiesMappings'], ({ columnName }) => ({
        columnName: columnName ?? null,
      })),
      alertDetailsOverride: detailsOverride(sent['alertDetailsOverride']),
      eventGroupingSettings: isJsonObject(sent['eventGroupingSettings'])
        ? { aggregationKind: sent['eventGroupingSettings']['aggregationKind'] ?? null }
        : null,
    },
    order,
  );
}

/** The members in order; those that are null or missing stay only if the service shows them so. */
function arrange(properties: JsonObject, order: readonly string[]): JsonObject {
  return Object.fromEntries(
    order
      .map((key): [string, JsonValue] => [key, properties[key] ?? null])
      .filter(([key, value]) => value !== null || nullable.has(key)),
  );
}

function incidentConfiguration(sent: JsonValue | undefined, apiVersion: string): JsonObject {
  if (!isJsonObject(sent)) return { createIncident: true, groupingConfiguration: defaultGrouping };
  const grouping = sent['groupingConfiguration'];
  return {
    createIncident: sent['createIncident'] ?? null,
    groupingConfiguration: isJsonObject(grouping)
      ? {
          enabled: grouping['enabled'] ?? null,
          reopenClosedIncident: grouping['reopenClosedIncident'] ?? null,
          lookbackDuration: grouping['lookbackDuration'] ?? null,
          matchingMethod: isLegacy(apiVersion)
            ? (fromLegacyMethod[shownText(grouping['entitiesMatchingMethod'])] ?? null)
            : (grouping['matchingMethod'] ?? null),
          groupByEntities: grouping['groupByEntities'] ?? null,
          groupByAlertDetails: grouping['groupByAlertDetails'] ?? null,
          groupByCustomDetails: grouping['groupByCustomDetails'] ?? null,
        }
      : defaultGrouping,
  };
}

/** Once the object is there, its first four keys always are. */
function detailsOverride(sent: JsonValue | undefined): JsonObject | null {
  if (!isJsonObject(sent)) return null;
  const dynamic = mapItems(sent['alertDynamicProperties'], (item) => ({
    alertProperty: item['alertProperty'] ?? null,
    value: item['value'] ?? null,
  }));
  return {
    alertDisplayNameFormat: sent['alertDisplayNameFormat'] ?? null,
    alertDescriptionFormat: sent['alertDescriptionFormat'] ?? null,
    alertTacticsColumnName: sent['alertTacticsColumnName'] ?? null,
    alertSeverityColumnName: sent['alertSeverityColumnName'] ?? null,
    ...(dynamic === null ? {} : { alertDynamicProperties: dynamic }),
  };
}

function mapItems(list: JsonValue | undefined, toItem: (item: JsonObject) => JsonObject): JsonValue {
  return isJsonArray(list) ? list.filter(isJsonObject).map(toItem) : null;
}

const fromLegacyMethod: Readonly<Record<string, string>> = {
  All: 'AllEntities',
  None: 'AnyAlert',
  Custom: 'Selected',
};
const toLegacyMethod: Readonly<Record<string, string>> = {
  AllEntities: 'All',
  AnyAlert: 'None',
  Selected: 'Custom',
};

function toLegacyIncidents(stored: JsonValue | undefined): JsonValue {
  if (!isJsonObject(stored)) return null;
  const grouping = stored['groupingConfiguration'];
  if (!isJsonObject(grouping)) return stored;
  return {
    createIncident: stored['createIncident'] ?? null,
    groupingConfiguration: {
      enabled: grouping['enabled'] ?? null,
      reopenClosedIncident: grouping['reopenClosedIncident'] ?? null,
      lookbackDuration: grouping['lookbackDuration'] ?? null,
      entitiesMatchingMethod: toLegacyMethod[shownText(grouping['matchingMethod'])] ?? null,
      groupByEntities: grouping['groupByEntities'] ?? null,
    },
  };
}
