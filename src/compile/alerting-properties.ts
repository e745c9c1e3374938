import type {
  AlertDetailsOverride,
  AlertingDetection,
  IncidentConfiguration,
} from '../detection/detection.ts';
import { supports } from '../sentinel/api-versions.ts';
import type { AlertingProperties } from '../sentinel/resource.ts';
import { toLetStatements } from './let-statements.ts';
import { omitEmpty } from './omit-empty.ts';
import { splitTechniques } from './split-techniques.ts';

type ResourceOverride = NonNullable<AlertingProperties['alertDetailsOverride']>;
type ResourceIncident = NonNullable<AlertingProperties['incidentConfiguration']>;

/**
 * The properties that Scheduled and NRT alert rules share, in a fixed order. What the api-version cannot carry and may be
 * lost (see findApiVersionGaps) is left out.
 */
export function toAlertingProperties(detection: AlertingDetection, apiVersion: string): AlertingProperties {
  const { techniques, subTechniques } = splitTechniques(detection.techniques);
  return omitEmpty<AlertingProperties>({
    displayName: detection.name,
    description: detection.description,
    severity: detection.severity,
    enabled: detection.enabled,
    query: toLetStatements(detection.parameters) + detection.query,
    suppressionDuration: detection.suppressionDuration,
    suppressionEnabled: detection.suppressionEnabled,
    tactics: detection.tactics,
    techniques,
    subTechniques: supports(apiVersion, 'subTechniques') ? subTechniques : undefined,
    alertRuleTemplateName: detection.alertRuleTemplateName,
    templateVersion: detection.templateVersion,
    eventGroupingSettings: detection.eventGrouping && { aggregationKind: detection.eventGrouping },
    customDetails: detection.customDetails,
    entityMappings: detection.entityMappings.map(({ entityType, fieldMappings }) => ({
      entityType,
      fieldMappings: fieldMappings.map(({ identifier, columnName }) => ({ identifier, columnName })),
    })),
    sentinelEntitiesMappings: detection.sentinelEntitiesMappings.map(({ columnName }) => ({ columnName })),
    alertDetailsOverride: toAlertDetailsOverride(detection.alertDetailsOverride, apiVersion),
    incidentConfiguration: toIncidentConfiguration(detection.incidentConfiguration),
  });
}

function toAlertDetailsOverride(
  override: AlertDetailsOverride | undefined,
  apiVersion: string,
): ResourceOverride | undefined {
  if (override === undefined) return undefined;
  const carriesSubTechniques = supports(apiVersion, 'subTechniquesAlertProperty');
  return omitEmpty<ResourceOverride>({
    alertDisplayNameFormat: override.alertDisplayNameFormat,
    alertDescriptionFormat: override.alertDescriptionFormat,
    alertTacticsColumnName: override.alertTacticsColumnName,
    alertSeverityColumnName: override.alertSeverityColumnName,
    alertDynamicProperties: override.alertDynamicProperties
      ?.filter(({ alertProperty }) => carriesSubTechniques || alertProperty !== 'SubTechniques')
      .map(({ alertProperty, value }) => ({ alertProperty, value })),
  });
}

function toIncidentConfiguration(incident: IncidentConfiguration | undefined): ResourceIncident | undefined {
  if (incident === undefined) return undefined;
  const grouping = incident.groupingConfiguration;
  return omitEmpty<ResourceIncident>({
    createIncident: incident.createIncident,
    groupingConfiguration:
      grouping &&
      omitEmpty<NonNullable<ResourceIncident['groupingConfiguration']>>({
        enabled: grouping.enabled,
        reopenClosedIncident: grouping.reopenClosedIncident,
        lookbackDuration: grouping.lookbackDuration,
        matchingMethod: grouping.matchingMethod,
        groupByEntities: grouping.groupByEntities,
        groupByAlertDetails: grouping.groupByAlertDetails,
        groupByCustomDetails: grouping.groupByCustomDetails,
      }),
  });
}
