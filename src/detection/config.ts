import type { Severity, SourceSpan } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import type { AlertSeverity, TriggerOperator } from '../sentinel/vocabulary.ts';
import type { DetectionStatus, IncidentConfiguration } from './detection.ts';

/** Where a workspace lives: a national cloud of Azure, or the embedded emulator. */
export type Cloud = 'public' | 'usgov' | 'china' | 'local';

/**
 * How to sign in to Azure. Always named, by kustodian.yaml or by a flag: a chain that takes what it finds signs in as
 * whoever happens to be at hand.
 */
export const credentialKinds = [
  'azure-cli',
  'github-oidc',
  'workload-identity',
  'managed-identity',
  'client-secret',
  'client-certificate',
] as const;
export type CredentialKind = (typeof credentialKinds)[number];

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

/** How many alert rules may be enabled in a workspace, where it is not as many as usual. */
export interface WorkspaceLimits {
  readonly enabledScheduledRules?: number;
  readonly enabledNrtRules?: number;
}

/** A named target of deployment: one workspace. An environment of many workspaces is as many of these, with the same name. */
export interface Environment {
  readonly name: string;
  /** The name of the workspace among the `workspaces` of its environment; absent where the environment is one workspace. */
  readonly member?: string;
  readonly cloud: Cloud;
  /**
   * Of a `local` one only: where `kustodian emulator` serves it on this machine, instead of in this process. It is never asked with
   * anybody's credential.
   */
  readonly endpoint?: string;
  /** True if nobody writes to it without having seen the plan: `--yes` alone is refused. */
  readonly isProtected: boolean;
  readonly tenantId?: string;
  /** How to sign in, unless the command line says otherwise. */
  readonly credential?: CredentialKind;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  /** The workspace's own GUID (`customerId`): a workspace of that name with another one is not meant. */
  readonly workspaceId?: string;
  /** api-version of the SecurityInsights provider. */
  readonly apiVersion: string;
  /** A file of tables as they are in this workspace (schemas/tables.schema.json), which queries are judged by here. */
  readonly schema?: string;
  /** A detection is deployed if any of these picks it (none given: all are) … */
  readonly select: readonly Selector[];
  /** … and none of these does. */
  readonly exclude: readonly Selector[];
  /** What a prune does with alert rules that are no longer wanted. */
  readonly prune: 'delete' | 'disable';
  /** Limits of the workspace that are other than the documented ones. */
  readonly limits: WorkspaceLimits;
  /** Applied in order; a later one wins. */
  readonly overrides: readonly Override[];
  /** Parameter values for every detection that declares a parameter of that name; overrides win over these. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** Where it is written, so that a finding can point at its values. */
  readonly source: EnvironmentSource;
}

/** What a target is called: `staging`, or `customers/contoso` for a workspace of an environment that has many. */
export function targetName({ name, member }: Pick<Environment, 'name' | 'member'>): string {
  return member === undefined ? name : `${name}/${member}`;
}

/** The place of an environment in the document that it was read from. */
export interface EnvironmentSource {
  readonly file: string;
  /** JSON pointer of the environment, such as `/environments/staging`; its values lie below, as authored. */
  readonly pointer: string;
  /** The span of the value at a pointer into the whole document, or of its key. */
  spanOf(pointer: string, part?: 'value' | 'key'): SourceSpan;
}

/** What kustodian.yaml says of one detection for a time. */
export interface TimedEntry {
  /** Its file from the repository root, or its id. */
  readonly detection: string;
  /** Names of environments; all of them, if it is left out. */
  readonly environments?: readonly string[];
  readonly reason: string;
  /** The first moment at which it no longer counts: ISO 8601, UTC. */
  readonly until: string;
  /** Where it is written, as a JSON pointer such as `/holds/0`. */
  readonly pointer: string;
}

/** The resources of a detection stay as they are in the workspace. */
export type Hold = TimedEntry;

/** Edits in the workspace that are known, so that they are no finding. */
export interface DriftAcknowledgement extends TimedEntry {
  /** Names of fields, such as `severity` or `incidentConfiguration.createIncident`; all of them, if it is left out. */
  readonly fields?: readonly string[];
}

/** How much findings with a code matter; `off`: they are not reported. */
export type CheckLevel = Severity | 'off';

/** The place of the settings that belong to no environment. */
export interface ConfigSource {
  readonly file: string;
  /** The span of the value at a pointer into the document, or of its key. */
  spanOf(pointer: string, part?: 'value' | 'key'): SourceSpan;
}

/** What is asked of the tests of detections. */
export interface TestingConfig {
  /** The folder of rows that no detection may alert on, relative to the repository root. */
  readonly benign: string;
  readonly minScenarios: {
    /** How many scenarios must fire, and how many must stay silent … */
    readonly firing: number;
    readonly silent: number;
    /** … of each detection with one of these statuses. */
    readonly status: readonly DetectionStatus[] | 'any';
  };
}

/** kustodian.yaml, normalised. */
export interface Config {
  /** Names this repository's content on the workspace, so that it knows its own; survives forks and renames. */
  readonly owner: string;
  /** Where detections are, relative to the repository root. */
  readonly detections: string;
  /** By target name: `staging`, or `customers/contoso` for a workspace of an environment that has many. */
  readonly environments: ReadonlyMap<string, Environment>;
  /** Severities other than the codes' own, by code. Which codes there are is judged where all of them are known. */
  readonly checks: ReadonlyMap<string, CheckLevel>;
  readonly testing: TestingConfig;
  /** The file of findings that are known and not reported, relative to the repository root. */
  readonly baseline?: string;
  /** In the order of the file, over or not. */
  readonly holds: readonly Hold[];
  readonly acknowledgedDrift: readonly DriftAcknowledgement[];
  readonly source: ConfigSource;
}
