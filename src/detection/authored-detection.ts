import type { JsonObject, JsonValue } from '../core/json.ts';
import type {
  AggregationKind,
  AlertSeverity,
  MatchingMethod,
  ProductFilter,
  TriggerOperator,
} from '../sentinel/vocabulary.ts';
import type {
  AlertDetailsOverride,
  DetectionStatus,
  FalsePositive,
  FieldMapping,
  ParameterType,
} from './detection.ts';

/** Items that are left empty (`- `) are null and count for nothing. */
type List<Item> = readonly (Item | null)[];

export interface AuthoredConnector {
  readonly connectorId?: string | List<string>;
  readonly dataTypes?: string | List<string>;
}

export interface AuthoredParameter {
  readonly type: ParameterType;
  readonly default: JsonValue;
  readonly description?: string;
}

export interface AuthoredEntityMapping {
  readonly entityType: string;
  readonly fieldMappings: List<FieldMapping>;
}

export interface AuthoredGrouping {
  readonly enabled: boolean;
  readonly reopenClosedIncident?: boolean;
  readonly lookbackDuration?: string;
  readonly matchingMethod?: MatchingMethod;
  readonly groupByEntities?: List<string>;
  readonly groupByAlertDetails?: List<string>;
  readonly groupByCustomDetails?: List<string>;
}

export interface AuthoredIncidentConfiguration {
  readonly createIncident?: boolean;
  readonly groupingConfiguration?: AuthoredGrouping;
}

interface AuthoredKeys {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly status?: DetectionStatus | 'Available';
  readonly enabled?: boolean;
  readonly severity?: AlertSeverity;
  readonly requiredDataConnectors?: AuthoredConnector | List<AuthoredConnector>;
  readonly tactics?: string | List<string>;
  readonly relevantTechniques?: string | List<string>;
  readonly techniques?: string | List<string>;
  readonly subTechniques?: string | List<string>;
  readonly query?: string;
  readonly parameters?: Readonly<Record<string, AuthoredParameter>>;
  readonly queryFrequency?: string;
  readonly queryPeriod?: string;
  readonly triggerOperator?: TriggerOperator | 'gt' | 'lt' | 'eq' | 'ne';
  readonly triggerThreshold?: number;
  readonly suppressionEnabled?: boolean;
  readonly suppressionDuration?: string;
  readonly eventGroupingSettings?: { readonly aggregationKind: AggregationKind };
  readonly entityMappings?: List<AuthoredEntityMapping>;
  readonly sentinelEntitiesMappings?: List<{ readonly columnName: string }>;
  readonly customDetails?: Readonly<Record<string, string>>;
  readonly alertDetailsOverride?: AlertDetailsOverride;
  readonly incidentConfiguration?: AuthoredIncidentConfiguration;
  readonly productFilter?: ProductFilter;
  readonly severitiesFilter?: List<AlertSeverity>;
  readonly displayNamesFilter?: List<string>;
  readonly displayNamesExcludeFilter?: List<string>;
  readonly alertRuleTemplateName?: string;
  readonly templateVersion?: string;
  readonly falsePositives?: List<FalsePositive>;
  readonly tags?: string | List<string | JsonObject>;
  readonly metadata?: JsonObject;
}

type WithKind<Kind, Needed extends keyof AuthoredKeys> = AuthoredKeys &
  Required<Pick<AuthoredKeys, Needed>> & { readonly kind: Kind };

export type AuthoredScheduled = WithKind<
  'Scheduled',
  'severity' | 'query' | 'queryFrequency' | 'queryPeriod' | 'triggerOperator' | 'triggerThreshold'
>;
export type AuthoredNrt = WithKind<'NRT', 'severity' | 'query'>;
export type AuthoredIncidentCreation = WithKind<'MicrosoftSecurityIncidentCreation', 'productFilter'>;
export type AuthoredHunting = AuthoredKeys &
  Required<Pick<AuthoredKeys, 'query'>> & { readonly kind?: undefined };

/** The data of a file in which schemas/detection.schema.json finds no error, in the author's own spelling. */
export type AuthoredDetection = AuthoredScheduled | AuthoredNrt | AuthoredIncidentCreation | AuthoredHunting;
