import { joinPointer, splitPointer } from '../core/json-pointer.ts';
import type { JsonValue } from '../core/json.ts';
import { defaultApiVersion } from '../sentinel/api-versions.ts';
import type { TriggerOperator } from '../sentinel/vocabulary.ts';
import { canonicalDuration } from './canonical-duration.ts';
import {
  targetName,
  type CheckLevel,
  type Cloud,
  type Config,
  type DriftAcknowledgement,
  type TimedEntry,
  type WorkspaceLimits,
  type CredentialKind,
  type Environment,
  type EnvironmentSource,
  type Override,
  type OverrideValues,
  type Selector,
  type TestingConfig,
} from './config.ts';
import type { DetectionStatus } from './detection.ts';
import type { SourceDocument } from './source-document.ts';

/** kustodian.yaml as config.schema.json lets it be written. */
export interface AuthoredConfig {
  readonly owner: string;
  readonly detections?: string;
  readonly environments: Readonly<Record<string, AuthoredEnvironment>>;
  readonly checks?: Readonly<Record<string, CheckLevel>>;
  readonly baseline?: string;
  readonly testing?: {
    readonly benign?: string;
    readonly minScenarios?: {
      readonly firing?: number;
      readonly silent?: number;
      readonly status?: OneOrMore<DetectionStatus>;
    };
  };
  readonly holds?: List<AuthoredHold>;
  readonly acknowledgedDrift?: List<AuthoredAcknowledgement>;
}

interface AuthoredHold {
  readonly detection: string;
  readonly environments?: OneOrMore<string>;
  readonly reason: string;
  readonly until: string;
}

interface AuthoredAcknowledgement extends Omit<AuthoredHold, 'until'> {
  readonly fields?: OneOrMore<string>;
  readonly expires: string;
}

interface AuthoredEnvironment {
  readonly cloud?: Cloud;
  readonly endpoint?: string;
  readonly protected?: boolean;
  readonly workspaces?: List<AuthoredWorkspace>;
  readonly tenantId?: string;
  readonly credential?: CredentialKind;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  readonly workspace?: string;
  readonly workspaceId?: string;
  readonly apiVersion?: string;
  readonly schema?: string;
  readonly select?: OneOrMore<AuthoredSelector>;
  readonly exclude?: OneOrMore<AuthoredSelector>;
  readonly prune?: 'delete' | 'disable';
  readonly limits?: WorkspaceLimits;
  readonly overrides?: List<AuthoredOverride>;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
}

/** One workspace of an environment that has many: its own values stand before or behind those of the environment. */
interface AuthoredWorkspace extends Pick<
  AuthoredEnvironment,
  | 'tenantId'
  | 'subscriptionId'
  | 'resourceGroup'
  | 'workspace'
  | 'workspaceId'
  | 'schema'
  | 'overrides'
  | 'parameters'
> {
  readonly name: string;
}

interface AuthoredOverride {
  readonly select: AuthoredSelector;
  readonly set: Omit<OverrideValues, 'triggerOperator'> & { readonly triggerOperator?: string };
  readonly reason?: string;
}

/** Items that are left empty (`- `) are null and count for nothing. */
type List<Item> = readonly (Item | null)[];
type OneOrMore<Item> = Item | List<Item>;
type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;
type AuthoredSelector = { readonly [Key in keyof Selector]: OneOrMore<ItemOf<Selector[Key]>> };

/** Says everything in one way: lists, canonical durations, the API's own words. Expects what the checks let pass. */
export function normaliseConfig(document: SourceDocument, authored: AuthoredConfig): Config {
  return {
    owner: authored.owner,
    detections: normalisePath(authored.detections ?? 'detections'),
    environments: new Map(
      Object.entries(authored.environments)
        .flatMap(([name, environment]) => normaliseTargets(document, name, environment))
        .map((environment) => [targetName(environment), environment]),
    ),
    checks: new Map(Object.entries(authored.checks ?? {})),
    testing: normaliseTesting(authored.testing),
    ...(authored.baseline === undefined ? {} : { baseline: normalisePath(authored.baseline) }),
    holds: (authored.holds ?? []).flatMap((hold, index) =>
      hold === null ? [] : [normaliseEntry(hold, hold.until, joinPointer('/holds', index))],
    ),
    acknowledgedDrift: (authored.acknowledgedDrift ?? []).flatMap((one, index): DriftAcknowledgement[] => {
      if (one === null) return [];
      const entry = normaliseEntry(one, one.expires, joinPointer('/acknowledgedDrift', index));
      return [{ ...entry, ...(one.fields === undefined ? {} : { fields: toList(one.fields) }) }];
    }),
    source: { file: document.file, spanOf: (pointer, part) => document.spanOf(pointer, part) },
  };
}

function normaliseEntry(
  { detection, environments, reason }: Omit<AuthoredHold, 'until'>,
  until: string,
  pointer: string,
): TimedEntry {
  return {
    detection: /\.ya?ml$/i.test(detection) ? normalisePath(detection) : detection,
    ...(environments === undefined ? {} : { environments: toList(environments) }),
    reason: reason.trim(),
    until: toMoment(until) ?? until,
    pointer,
  };
}

/** The moment at which a time ends, in ISO 8601: a day counts whole. Undefined for what is no day of the calendar. */
export function toMoment(text: string): string | undefined {
  const isDay = !text.includes('T');
  const start = new Date(isDay ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(text.slice(0, 10))) return undefined;
  return new Date(start.getTime() + (isDay ? 86_400_000 : 0)).toISOString();
}

function normaliseTesting({ benign, minScenarios }: AuthoredConfig['testing'] = {}): TestingConfig {
  return {
    benign: normalisePath(benign ?? 'benign'),
    minScenarios: {
      firing: minScenarios?.firing ?? 1,
      silent: minScenarios?.silent ?? 1,
      status: minScenarios?.status === undefined ? ['stable'] : toList(minScenarios.status),
    },
  };
}

/** `./content/` is `content`. */
export function normalisePath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.length === 0 ? '.' : segments.join('/');
}

/** The embedded workspace needs no address; these stand in for one in its ARM ids. */
const localAddress = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'local',
  workspace: 'local',
} as const;

/** The workspaces of an environment; its only one if it names no list. */
function normaliseTargets(
  document: SourceDocument,
  name: string,
  authored: AuthoredEnvironment,
): readonly Environment[] {
  if (authored.workspaces === undefined) return [normaliseEnvironment(document, name, authored)];
  const { workspaces, ...shared } = authored;
  return workspaces.flatMap((own, index) => {
    if (own === null) return [];
    const { name: member, ...values } = own;
    const merged: AuthoredEnvironment = {
      ...shared,
      ...values,
      // Two embedded workspaces are told apart by their address, too, so that a plan for one is refused by the other.
      ...(shared.cloud === 'local' ? { workspace: values.workspace ?? member } : {}),
      overrides: [...(shared.overrides ?? []), ...(own.overrides ?? [])],
      parameters: { ...shared.parameters, ...own.parameters },
    };
    const environment = normaliseEnvironment(document, name, merged);
    return [{ ...environment, member, source: sourceOfMember(environment.source, index, shared, own) }];
  });
}

/** What a workspace sets itself is found at its own place, all else at that of the environment. */
function sourceOfMember(
  source: EnvironmentSource,
  index: number,
  shared: AuthoredEnvironment,
  own: AuthoredWorkspace,
): EnvironmentSource {
  const base = joinPointer(source.pointer, 'workspaces', index);
  const count = shared.overrides?.length ?? 0;
  const toOwn = (pointer: string): string => {
    if (!pointer.startsWith(`${source.pointer}/`)) return pointer;
    const [key = '', item, ...rest] = splitPointer(pointer.slice(source.pointer.length));
    if (key === 'overrides' && item !== undefined && Number(item) >= count) {
      return joinPointer(base, key, Number(item) - count, ...rest);
    }
    const isOwn =
      key === 'parameters' && item !== undefined
        ? Object.hasOwn(own.parameters ?? {}, item)
        : key !== 'overrides' && key !== 'parameters' && Object.hasOwn(own, key);
    return isOwn ? joinPointer(base, key, ...(item === undefined ? [] : [item]), ...rest) : pointer;
  };
  return { ...source, spanOf: (pointer, part) => source.spanOf(toOwn(pointer), part) };
}

function normaliseEnvironment(
  document: SourceDocument,
  name: string,
  authored: AuthoredEnvironment,
): Environment {
  return {
    name,
    cloud: authored.cloud ?? 'public',
    ...(authored.endpoint === undefined ? {} : { endpoint: new URL(authored.endpoint).origin }),
    isProtected: authored.protected ?? false,
    ...(authored.tenantId === undefined ? {} : { tenantId: authored.tenantId }),
    ...(authored.credential === undefined ? {} : { credential: authored.credential }),
    // Only the local cloud may leave the address out: the schema requires it elsewhere.
    subscriptionId: authored.subscriptionId ?? localAddress.subscriptionId,
    resourceGroup: authored.resourceGroup ?? localAddress.resourceGroup,
    workspace: authored.workspace ?? localAddress.workspace,
    apiVersion: authored.apiVersion ?? defaultApiVersion,
    ...(authored.workspaceId === undefined ? {} : { workspaceId: authored.workspaceId.toLowerCase() }),
    ...(authored.schema === undefined ? {} : { schema: normalisePath(authored.schema) }),
    select: toList(authored.select).map(normaliseSelector),
    exclude: toList(authored.exclude).map(normaliseSelector),
    prune: authored.prune ?? 'delete',
    limits: authored.limits ?? {},
    overrides: (authored.overrides ?? []).map((override) => normaliseOverride(override ?? noOverride)),
    parameters: authored.parameters ?? {},
    source: {
      file: document.file,
      pointer: joinPointer('/environments', name),
      spanOf: (pointer, part) => document.spanOf(pointer, part),
    },
  };
}

function normaliseSelector(authored: AuthoredSelector): Selector {
  const lists = Object.entries(authored).map(([key, value]) => [key, toList(value)]);
  return Object.fromEntries(lists) as Selector;
}

/** Stands in for an item left empty, so that the others keep their places. */
const noOverride: AuthoredOverride = { select: {}, set: {} };

function normaliseOverride({ select, set, reason }: AuthoredOverride): Override {
  return {
    select: normaliseSelector(select),
    set: normaliseValues(set),
    ...(reason === undefined ? {} : { reason }),
  };
}

const triggerOperators: Readonly<Record<string, TriggerOperator>> = {
  gt: 'GreaterThan',
  lt: 'LessThan',
  eq: 'Equal',
  ne: 'NotEqual',
};

function normaliseValues(set: AuthoredOverride['set']): OverrideValues {
  const { triggerOperator, incidentConfiguration, ...rest } = set;
  const values: OverrideValues = mapDurations(rest, ['queryFrequency', 'queryPeriod', 'suppressionDuration']);
  const grouping = incidentConfiguration?.groupingConfiguration;
  return {
    ...values,
    ...(triggerOperator === undefined
      ? {}
      : { triggerOperator: triggerOperators[triggerOperator] ?? (triggerOperator as TriggerOperator) }),
    ...(incidentConfiguration === undefined
      ? {}
      : {
          incidentConfiguration: {
            ...incidentConfiguration,
            ...(grouping === undefined
              ? {}
              : { groupingConfiguration: mapDurations(grouping, ['lookbackDuration']) }),
          },
        }),
  };
}

/** A copy with the named members written as canonical durations. */
function mapDurations<Values extends object>(
  values: Values,
  keys: readonly (keyof Values & string)[],
): Values {
  const entries = Object.entries(values).map(([key, value]: [string, unknown]) =>
    (keys as readonly string[]).includes(key) && typeof value === 'string'
      ? [key, canonicalDuration(value)]
      : [key, value],
  );
  return Object.fromEntries(entries) as Values;
}

function toList<Item>(value: OneOrMore<Item> | undefined): readonly Item[] {
  if (value === undefined) return [];
  const items = Array.isArray(value) ? (value as List<Item>) : [value as Item];
  return items.filter((item) => item !== null);
}
