import type { JsonValue } from '../core/json.ts';
import type { AlertSeverity, TriggerOperator } from '../sentinel/vocabulary.ts';
import type { DetectionStatus, IncidentConfiguration } from './detection.ts';

/** Where a workspace lives: a national cloud of Azure, or the embedded emulator. */
export type Cloud = 'public' | 'usgov' | 'china' | 'local';

/**
 * Picks detections. Every key that is given must match; a key matches if any of its values does. `path` holds globs over
 * the file's path from the repository root (`detections/execution/**`); `tag`, `status`, `severity`, `kind` and `id` compare
 * without case.
 */
export interface Selector {
  readonly id?: readonly string[];
  readonly path?: readonly string[];
  readonly tag?: readonly string[];
  readonly status?: readonly DetectionStatus[];
  readonly severity?: readonly AlertSeverity[];
  readonly kind?: readonly string[];
}

/** The values that an override may set; a field that a detection's kind does not have is left out for it. */
export interface OverrideValues {
  readonly enabled?: boolean;
  readonly severity?: AlertSeverity;
  /** Durations are canonical ISO 8601. */
  readonly queryFrequency?: string;
  readonly queryPeriod?: string;
  readonly triggerOperator?: TriggerOperator;
  readonly triggerThreshold?: number;
  readonly suppressionEnabled?: boolean;
  readonly suppressionDuration?: string;
  /** Merged into the authored one, member by member. */
  readonly incidentConfiguration?: Partial<Omit<IncidentConfiguration, 'groupingConfiguration'>> & {
    readonly groupingConfiguration?: Partial<NonNullable<IncidentConfiguration['groupingConfiguration']>>;
  };
  /** Parameter values by parameter name, for the selected detections only. */
  readonly parameters?: Readonly<Record<string, JsonValue>>;
}

export interface Override {
  readonly select: Selector;
  readonly set: OverrideValues;
  readonly reason?: string;
}

/** A named target of deployment. */
export interface Environment {
  readonly name: string;
  readonly cloud: Cloud;
  readonly tenantId?: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  /** api-version of the SecurityInsights provider. */
  readonly apiVersion: string;
  /** A detection is deployed if any of these picks it (none given: all are) … */
  readonly select: readonly Selector[];
  /** … and none of these does. */
  readonly exclude: readonly Selector[];
  /** Applied in order; a later one wins. */
  readonly overrides: readonly Override[];
  /** Parameter values for every detection that declares a parameter of that name; overrides win over these. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
}

/** kustodian.yaml, normalised. */
export interface Config {
  /** Names this repository's content on the workspace, so that it knows its own; survives forks and renames. */
  readonly owner: string;
  /** Where detections are, relative to the repository root. */
  readonly detections: string;
  readonly environments: ReadonlyMap<string, Environment>;
}
