import { joinPointer } from '../core/json-pointer.ts';
import type { JsonValue } from '../core/json.ts';
import { defaultApiVersion } from '../sentinel/api-versions.ts';
import type { TriggerOperator } from '../sentinel/vocabulary.ts';
import { canonicalDuration } from './canonical-duration.ts';
import type {
  CheckLevel,
  Cloud,
  Config,
  CredentialKind,
  Environment,
  Override,
  OverrideValues,
  Selector,
} from './config.ts';
import type { SourceDocument } from './source-document.ts';

/** kustodian.yaml as config.schema.json lets it be written. */
export interface AuthoredConfig {
  readonly owner: string;
  readonly detections?: string;
  readonly environments: Readonly<Record<string, AuthoredEnvironment>>;
  readonly checks?: Readonly<Record<string, CheckLevel>>;
  readonly baseline?: string;
}

interface AuthoredEnvironment {
  readonly cloud?: Cloud;
  readonly tenantId?: string;
  readonly credential?: CredentialKind;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  readonly workspace?: string;
  readonly apiVersion?: string;
  readonly schema?: string;
  readonly select?: OneOrMore<AuthoredSelector>;
  readonly exclude?: OneOrMore<AuthoredSelector>;
  readonly overrides?: List<AuthoredOverride>;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
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
      Object.entries(authored.environments).map(([name, environment]) => [
        name,
        normaliseEnvironment(document, name, environment),
      ]),
    ),
    checks: new Map(Object.entries(authored.checks ?? {})),
    ...(authored.baseline === undefined ? {} : { baseline: normalisePath(authored.baseline) }),
    source: { file: document.file, spanOf: (pointer, part) => document.spanOf(pointer, part) },
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

function normaliseEnvironment(
  document: SourceDocument,
  name: string,
  authored: AuthoredEnvironment,
): Environment {
  return {
    name,
    cloud: authored.cloud ?? 'public',
    ...(authored.tenantId === undefined ? {} : { tenantId: authored.tenantId }),
    ...(authored.credential === undefined ? {} : { credential: authored.credential }),
    // Only the local cloud may leave the address out: the schema requires it elsewhere.
    subscriptionId: authored.subscriptionId ?? localAddress.subscriptionId,
    resourceGroup: authored.resourceGroup ?? localAddress.resourceGroup,
    workspace: authored.workspace ?? localAddress.workspace,
    apiVersion: authored.apiVersion ?? defaultApiVersion,
    ...(authored.schema === undefined ? {} : { schema: normalisePath(authored.schema) }),
    select: toList(authored.select).map(normaliseSelector),
    exclude: toList(authored.exclude).map(normaliseSelector),
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
