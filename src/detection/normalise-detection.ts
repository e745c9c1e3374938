import type { Tactic, TriggerOperator } from '../sentinel/vocabulary.ts';
import type {
  AuthoredDetection,
  AuthoredIncidentCreation,
  AuthoredNrt,
  AuthoredScheduled,
} from './authored-detection.ts';
import { canonicalDuration } from './canonical-duration.ts';
import { compact } from './compact.ts';
import type {
  AlertDetailsOverride,
  Detection,
  DetectionStatus,
  HuntingQuery,
  IncidentCreationDetection,
  NrtDetection,
  ScheduledDetection,
} from './detection.ts';
import type { Finding } from './finding.ts';
import { normaliseConnectors } from './normalise-connectors.ts';
import { normaliseEntityMappings } from './normalise-entity-mappings.ts';
import { normaliseIncidentConfiguration } from './normalise-incident-configuration.ts';
import { normaliseParameters } from './normalise-parameters.ts';
import { normaliseTechniques } from './normalise-techniques.ts';
import { Origins, placeItems, type Placed } from './placed.ts';
import type { SourceDocument } from './source-document.ts';
import { unquoteDescription } from './unquote-description.ts';

/** A detection in one spelling, and where its parts were authored. */
export interface NormalisedDetection {
  readonly detection: Detection;
  readonly origins: Origins;
  readonly findings: readonly Finding[];
}

type AuthoredQuery = Exclude<AuthoredDetection, AuthoredIncidentCreation>;
type BaseKey = 'id' | 'name' | 'description' | 'version' | 'status' | 'tags' | 'metadata' | 'falsePositives';

/** Says everything in one way and fills in the defaults. */
export function normaliseDetection(
  authored: AuthoredDetection,
  tactics: readonly Placed<Tactic>[],
  document: SourceDocument,
): NormalisedDetection {
  const origins = new Origins();
  if (authored.kind === 'MicrosoftSecurityIncidentCreation') {
    return { detection: normaliseIncidentCreation(authored, origins), origins, findings: [] };
  }
  const { connectors, findings } = normaliseConnectors(authored.requiredDataConnectors);
  const entities = normaliseEntityMappings(authored.entityMappings, authored.kind === undefined, origins);
  const requiredDataConnectors =
    authored.requiredDataConnectors && origins.list('/requiredDataConnectors', connectors);
  const query: Omit<HuntingQuery, 'kind'> = {
    ...normaliseBase(authored, origins),
    query: authored.query,
    parameters: normaliseParameters(authored.parameters, document),
    tactics: origins.list('/tactics', tactics),
    techniques: origins.list('/relevantTechniques', normaliseTechniques(authored)),
    entityMappings: entities.entityMappings,
    ...compact({ requiredDataConnectors }),
  };
  const detection = toKind(authored, query, origins);
  return { detection, origins, findings: [...findings, ...entities.findings] };
}

function normaliseBase(authored: AuthoredDetection, origins: Origins): Pick<HuntingQuery, BaseKey> {
  const { version, metadata } = authored;
  return {
    id: authored.id.trim(),
    name: authored.name,
    tags: origins.list('/tags', normaliseTags(authored.tags)),
    falsePositives: origins.list('/falsePositives', placeItems(authored.falsePositives, '/falsePositives')),
    ...compact({
      description: authored.description === undefined ? undefined : unquoteDescription(authored.description),
      version,
      status: authored.status === undefined ? undefined : normaliseStatus(authored.status),
      metadata,
    }),
  };
}

/** A mapping among the tags, as the community writes `- Schema: ASimDns`, becomes tags like "Schema:ASimDns". */
function normaliseTags(authored: AuthoredDetection['tags']): readonly Placed<string>[] {
  return placeItems(authored, '/tags').flatMap(({ value, pointer }) =>
    typeof value === 'string'
      ? [{ value, pointer }]
      : Object.entries(value).map(([key, member]) => ({ value: `${key}:${toText(member)}`, pointer })),
  );
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function normaliseStatus(status: DetectionStatus | 'Available'): DetectionStatus {
  return status === 'Available' ? 'stable' : status;
}

function toKind(
  authored: AuthoredQuery,
  query: Omit<HuntingQuery, 'kind'>,
  origins: Origins,
): ScheduledDetection | NrtDetection | HuntingQuery {
  switch (authored.kind) {
    case undefined:
      return { ...query, kind: 'Hunting' };
    case 'NRT':
      return { ...query, ...normaliseAlerting(authored, origins), kind: 'NRT' };
    case 'Scheduled':
      return {
        ...query,
        ...normaliseAlerting(authored, origins),
        kind: 'Scheduled',
        queryFrequency: canonicalDuration(authored.queryFrequency),
        queryPeriod: canonicalDuration(authored.queryPeriod),
        triggerOperator: operators[authored.triggerOperator],
        triggerThreshold: authored.triggerThreshold,
      };
  }
}

const operators: Readonly<Record<AuthoredScheduled['triggerOperator'], TriggerOperator>> = {
  gt: 'GreaterThan',
  lt: 'LessThan',
  eq: 'Equal',
  ne: 'NotEqual',
  GreaterThan: 'GreaterThan',
  LessThan: 'LessThan',
  Equal: 'Equal',
  NotEqual: 'NotEqual',
};

type AlertingPart = Omit<NrtDetection, keyof HuntingQuery>;

/** Without any word about suppression, it is off with the duration that Microsoft's packager writes. */
function normaliseAlerting(authored: AuthoredScheduled | AuthoredNrt, origins: Origins): AlertingPart {
  const { incidentConfiguration, alertRuleTemplateName, templateVersion } = authored;
  const entities = placeItems(authored.sentinelEntitiesMappings, '/sentinelEntitiesMappings');
  return {
    severity: authored.severity,
    enabled: authored.enabled ?? true,
    suppressionEnabled: authored.suppressionEnabled ?? false,
    suppressionDuration: canonicalDuration(authored.suppressionDuration ?? 'PT1H'),
    sentinelEntitiesMappings: origins.list('/sentinelEntitiesMappings', entities),
    ...compact({
      eventGrouping: authored.eventGroupingSettings?.aggregationKind,
      customDetails: unlessEmpty(authored.customDetails),
      alertDetailsOverride: normaliseAlertDetailsOverride(authored.alertDetailsOverride, origins),
      incidentConfiguration: incidentConfiguration && normaliseIncidentConfiguration(incidentConfiguration),
      alertRuleTemplateName,
      templateVersion,
    }),
  };
}

function normaliseAlertDetailsOverride(
  authored: AuthoredScheduled['alertDetailsOverride'],
  origins: Origins,
): AlertDetailsOverride | undefined {
  if (authored === undefined) return undefined;
  const { alertDynamicProperties, ...formats } = authored;
  const pointer = '/alertDetailsOverride/alertDynamicProperties';
  const properties = origins.list(pointer, placeItems(alertDynamicProperties, pointer));
  return unlessEmpty(properties.length === 0 ? formats : { ...formats, alertDynamicProperties: properties });
}

function unlessEmpty<Members extends object>(members: Members | undefined): Members | undefined {
  return members === undefined || Object.keys(members).length === 0 ? undefined : members;
}

function normaliseIncidentCreation(
  authored: AuthoredIncidentCreation,
  origins: Origins,
): IncidentCreationDetection {
  const { kind, productFilter, alertRuleTemplateName } = authored;
  const list = <Item>(
    key: string,
    items: readonly (Item | null)[] | undefined,
  ): readonly Item[] | undefined => items && origins.list(key, placeItems(items, key));
  return {
    ...normaliseBase(authored, origins),
    kind,
    enabled: authored.enabled ?? true,
    productFilter,
    ...compact({
      severitiesFilter: list('/severitiesFilter', authored.severitiesFilter),
      displayNamesFilter: list('/displayNamesFilter', authored.displayNamesFilter),
      displayNamesExcludeFilter: list('/displayNamesExcludeFilter', authored.displayNamesExcludeFilter),
      alertRuleTemplateName,
    }),
  };
}
