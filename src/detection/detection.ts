import type { JsonObject, JsonValue } from '../core/json.ts';
import type {
  AlertSeverity,
  AggregationKind,
  EntityType,
  MatchingMethod,
  ProductFilter,
  Tactic,
  TriggerOperator,
} from '../sentinel/vocabulary.ts';

/** How far a detection may be trusted. The community's `Available` is read as `stable`. */
export type DetectionStatus = 'experimental' | 'test' | 'stable' | 'deprecated';

/** A data connector that fills the tables a detection reads. */
export interface ConnectorRequirement {
  readonly connectorId: string;
  readonly dataTypes: readonly string[];
}

/** A KQL scalar type that a parameter may have. */
export type ParameterType = 'string' | 'long' | 'real' | 'bool' | 'datetime' | 'timespan' | 'dynamic';

/** A typed value compiled to a `let` statement in front of the query; an environment may override it. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly default: JsonValue;
  readonly description?: string;
}

/** A known way in which the detection fires on legitimate activity. */
export interface FalsePositive {
  readonly scenario: string;
  readonly description: string;
  readonly mitigation: string;
}

export interface FieldMapping {
  readonly identifier: string;
  readonly columnName: string;
}

export interface EntityMapping {
  readonly entityType: EntityType;
  readonly fieldMappings: readonly FieldMapping[];
}

export interface AlertDynamicProperty {
  readonly alertProperty: string;
  readonly value: string;
}

export interface AlertDetailsOverride {
  readonly alertDisplayNameFormat?: string;
  readonly alertDescriptionFormat?: string;
  readonly alertTacticsColumnName?: string;
  readonly alertSeverityColumnName?: string;
  readonly alertDynamicProperties?: readonly AlertDynamicProperty[];
}

export interface GroupingConfiguration {
  readonly enabled: boolean;
  readonly reopenClosedIncident: boolean;
  /** ISO 8601, canonical. */
  readonly lookbackDuration: string;
  readonly matchingMethod: MatchingMethod;
  readonly groupByEntities?: readonly string[];
  readonly groupByAlertDetails?: readonly string[];
  readonly groupByCustomDetails?: readonly string[];
}

export interface IncidentConfiguration {
  readonly createIncident: boolean;
  readonly groupingConfiguration?: GroupingConfiguration;
}

interface DetectionBase {
  /** The authored id, trimmed; a GUID in community content. It is the resource name in the workspace. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly status?: DetectionStatus;
  readonly tags: readonly string[];
  /** Unknown keys that are kept for readers and never deployed (`metadata` of the community format). */
  readonly metadata?: JsonObject;
  readonly falsePositives: readonly FalsePositive[];
}

interface QueryDetectionBase extends DetectionBase {
  /** KQL exactly as the YAML block gives it, with `\n` line ends. */
  readonly query: string;
  readonly parameters: readonly Parameter[];
  readonly tactics: readonly Tactic[];
  /** `T1059` and `T1059.001`, in authored order, without duplicates. Union of `relevantTechniques` and `subTechniques`. */
  readonly techniques: readonly string[];
  /** undefined: the list is missing; empty: it says that none is needed. */
  readonly requiredDataConnectors?: readonly ConnectorRequirement[];
  readonly entityMappings: readonly EntityMapping[];
}

interface AlertingDetectionBase extends QueryDetectionBase {
  readonly severity: AlertSeverity;
  readonly enabled: boolean;
  readonly suppressionEnabled: boolean;
  /** ISO 8601, canonical. */
  readonly suppressionDuration: string;
  readonly eventGrouping?: AggregationKind;
  readonly customDetails?: Readonly<Record<string, string>>;
  readonly alertDetailsOverride?: AlertDetailsOverride;
  readonly incidentConfiguration?: IncidentConfiguration;
  readonly sentinelEntitiesMappings: readonly { readonly columnName: string }[];
  readonly alertRuleTemplateName?: string;
  readonly templateVersion?: string;
}

/** Runs on a schedule over a period and alerts when the count of results passes a threshold. */
export interface ScheduledDetection extends AlertingDetectionBase {
  readonly kind: 'Scheduled';
  /** ISO 8601, canonical; `queryPeriod` too. */
  readonly queryFrequency: string;
  readonly queryPeriod: string;
  readonly triggerOperator: TriggerOperator;
  readonly triggerThreshold: number;
}

/** Runs about every minute ("near real time"); has no schedule and no threshold. */
export interface NrtDetection extends AlertingDetectionBase {
  readonly kind: 'NRT';
}

/** Turns the alerts of another Microsoft product into incidents; has no query. */
export interface IncidentCreationDetection extends DetectionBase {
  readonly kind: 'MicrosoftSecurityIncidentCreation';
  readonly enabled: boolean;
  readonly productFilter: ProductFilter;
  readonly severitiesFilter?: readonly AlertSeverity[];
  readonly displayNamesFilter?: readonly string[];
  readonly displayNamesExcludeFilter?: readonly string[];
  readonly alertRuleTemplateName?: string;
}

/** A query that people run by hand; deployed as a saved search. It alerts nobody. */
export interface HuntingQuery extends QueryDetectionBase {
  readonly kind: 'Hunting';
}

/** What a detection engineer wrote, normalised: one spelling of everything, defaults filled in. */
export type Detection = ScheduledDetection | NrtDetection | IncidentCreationDetection | HuntingQuery;

/** A detection that has a query and raises alerts. */
export type AlertingDetection = ScheduledDetection | NrtDetection;

/** A detection that has a query. */
export type QueryDetection = AlertingDetection | HuntingQuery;
