import type { JsonObject } from '../core/json.ts';
import type {
  AggregationKind,
  AlertSeverity,
  EntityType,
  MatchingMethod,
  ProductFilter,
  TriggerOperator,
} from './vocabulary.ts';

/** The kinds of resource that Kustodian keeps. Functions and watchlists are to come. */
export type ResourceKind = 'alertRule' | 'savedSearch' | 'metadata';

/** What else of a workspace is listed, and never written: what points at alert rules, and what queries read. */
export type ReadOnlyKind = 'automationRule' | 'table' | 'watchlist';

/** Everything that is read from a workspace. An `action` starts a playbook for the alert rule that it lies below. */
export type ReadKind = ResourceKind | ReadOnlyKind | 'action';

/** PUT body of a Scheduled alert rule. Source: api-version 2025-07-01-preview; durations are canonical ISO 8601. */
export interface ScheduledAlertRule {
  readonly kind: 'Scheduled';
  readonly properties: AlertingProperties & {
    readonly queryFrequency: string;
    readonly queryPeriod: string;
    readonly triggerOperator: TriggerOperator;
    readonly triggerThreshold: number;
  };
}

/** PUT body of a near-real-time alert rule; exists in preview api-versions only. */
export interface NrtAlertRule {
  readonly kind: 'NRT';
  readonly properties: AlertingProperties;
}

/** PUT body of the alert rule that makes incidents of another product's alerts. */
export interface IncidentCreationAlertRule {
  readonly kind: 'MicrosoftSecurityIncidentCreation';
  readonly properties: {
    readonly displayName: string;
    readonly description?: string;
    readonly enabled: boolean;
    readonly productFilter: ProductFilter;
    readonly severitiesFilter?: readonly AlertSeverity[];
    readonly displayNamesFilter?: readonly string[];
    readonly displayNamesExcludeFilter?: readonly string[];
    readonly alertRuleTemplateName?: string;
  };
}

/** Properties that Scheduled and NRT alert rules share. */
export interface AlertingProperties {
  readonly displayName: string;
  readonly description?: string;
  readonly enabled: boolean;
  readonly severity: AlertSeverity;
  readonly query: string;
  readonly suppressionEnabled: boolean;
  readonly suppressionDuration: string;
  readonly tactics?: readonly string[];
  /** `T####` only: the service refuses dotted ones here. */
  readonly techniques?: readonly string[];
  /** `T####.###`; previews only. */
  readonly subTechniques?: readonly string[];
  readonly alertRuleTemplateName?: string;
  readonly templateVersion?: string;
  readonly eventGroupingSettings?: { readonly aggregationKind: AggregationKind };
  readonly customDetails?: Readonly<Record<string, string>>;
  readonly entityMappings?: readonly {
    readonly entityType: EntityType;
    readonly fieldMappings: readonly { readonly identifier: string; readonly columnName: string }[];
  }[];
  /** Previews only. */
  readonly sentinelEntitiesMappings?: readonly { readonly columnName: string }[];
  readonly alertDetailsOverride?: {
    readonly alertDisplayNameFormat?: string;
    readonly alertDescriptionFormat?: string;
    readonly alertTacticsColumnName?: string;
    readonly alertSeverityColumnName?: string;
    readonly alertDynamicProperties?: readonly { readonly alertProperty: string; readonly value: string }[];
  };
  readonly incidentConfiguration?: {
    readonly createIncident: boolean;
    readonly groupingConfiguration?: {
      readonly enabled: boolean;
      readonly reopenClosedIncident: boolean;
      readonly lookbackDuration: string;
      readonly matchingMethod: MatchingMethod;
      readonly groupByEntities?: readonly string[];
      readonly groupByAlertDetails?: readonly string[];
      readonly groupByCustomDetails?: readonly string[];
    };
  };
}

/** PUT body of an alert rule. */
export type AlertRule = ScheduledAlertRule | NrtAlertRule | IncidentCreationAlertRule;

/** PUT body of a saved search (a hunting query): Microsoft.OperationalInsights, not SecurityInsights. */
export interface SavedSearch {
  readonly properties: {
    readonly category: string;
    readonly displayName: string;
    readonly query: string;
    readonly version: number;
    readonly tags: readonly { readonly name: string; readonly value: string }[];
  };
}

/** PUT body of a metadata resource: says whose a resource is and where it came from. */
export interface Metadata {
  readonly properties: {
    readonly contentId: string;
    /** ARM id of the resource that this describes. */
    readonly parentId: string;
    readonly kind: 'AnalyticsRule' | 'HuntingQuery';
    readonly version?: string;
    readonly customVersion?: string;
    readonly source: { readonly kind: 'SourceRepository'; readonly name: string; readonly sourceId: string };
  };
}

/** A resource as the workspace returned it, with nothing taken away. */
export interface LiveResource {
  readonly kind: ReadKind;
  /** Last segment of the ARM id. */
  readonly name: string;
  /** Whole ARM id, in the service's casing. */
  readonly id: string;
  /** As the service gave it, inner quotes included; metadata resources have none. */
  readonly etag?: string;
  /** The response body, whole: `properties`, `kind`, and whatever else the service sent. */
  readonly body: JsonObject;
}
