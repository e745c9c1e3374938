import type { StoredResource } from '../../src/emulator/state.ts';
import type { Change, DesiredResource, FieldDiff, Plan } from '../../src/plan/plan.ts';
import { differences, normalForm, topField, type NormalForm } from './normal-form.ts';
import type { Memory, Ownership } from './ownership.ts';
import type { Collection } from './service.ts';
import { changeFor, collectionOf, roleOf } from './plan-lookup.ts';
import { textOf } from './text-of.ts';

/** What a plan is judged by: the workspace as it was when it was read. */
export interface PlanContext {
  readonly ownership: Ownership;
  readonly find: (collection: Collection, key: string) => StoredResource | undefined;
  /** The names of the resources of ours that metadata names a detection for. */
  readonly namesOf: (collection: Collection, detectionId: string) => readonly string[];
  readonly list: (collection: Collection) => readonly StoredResource[];
  readonly prune: boolean;
  readonly adopt: boolean;
}

/** What is wrong with a plan for this repository and this workspace, as sentences. */
export function judgePlan(
  plan: Plan,
  desired: readonly DesiredResource[],
  context: PlanContext,
): readonly string[] {
  return [
    ...desired.flatMap((resource) => judgeDescribed(plan, resource, context)),
    ...judgeUndescribed(plan, desired, context),
  ];
}

function judgeDescribed(plan: Plan, resource: DesiredResource, context: PlanContext): readonly string[] {
  const collection = collectionOf(resource.kind);
  const change = changeFor(plan, collection, resource.detection.id);
  const place = `${collection}/${change?.name ?? resource.name}`;
  const wrong = (what: string): string[] => [`planned ${change?.action ?? 'nothing'} for ${place}, ${what}`];
  if (change === undefined) return wrong('which is described');

  const named = context.namesOf(collection, resource.detection.id);
  const key = (change.action === 'replace' ? change.replaces.name : change.name).toLowerCase();
  const asked = resource.name.toLowerCase();
  if (named.length === 0 ? key !== asked : !named.includes(key))
    return wrong(`which is kept as ${named.join()}`);
  const live = context.find(collection, key);
  const isOurs = context.ownership.isOurs(collection, key);
  if (change.action === 'held') {
    return textOf(live?.properties['displayName']).startsWith('AUTO DISABLED')
      ? []
      : wrong('which nobody holds');
  }
  if (change.action === 'blocked') return judgeBlocked(change, live, wrong);
  if (live === undefined) {
    if (change.action !== 'create') return wrong('which is not there');
    return change.isMissing === isOurs
      ? []
      : wrong(isOurs ? 'without saying that it was deleted' : 'as if it was deleted');
  }
  const isOfOther = change.action === 'not-ours' && change.owner !== undefined;
  if (!isOurs && (!context.adopt || isOfOther)) {
    return change.action === 'not-ours' && change.detection !== undefined ? [] : wrong('which is not ours');
  }
  if (change.action === 'replace')
    return isOurs && isOfOtherKind(resource, live) ? [] : wrong('which has its kind');
  const memory = context.ownership.memoryOf(collection, key);
  if (memory?.isMixed === true) return [];
  const expected = expectedFields(collection, live, resource, memory);
  if (change.action === 'no-op') {
    return [...expected.values()].every((cause) => causes[cause]?.includes('not'))
      ? []
      : wrong(`although ${[...expected.keys()].join()} differ`);
  }
  if (change.action !== 'update') return wrong('which is there');
  if (change.adopts === isOurs)
    return wrong(isOurs ? 'as if to adopt it' : 'without saying that it is adopted');
  return compareFields(expected, change.fields).map((what) => `of ${place} ${what}`);
}

function isOfOtherKind({ body }: DesiredResource, live: StoredResource): boolean {
  return 'kind' in body && body.kind !== live.kind;
}

function judgeBlocked(
  { reason }: Extract<Change, { readonly action: 'blocked' }>,
  live: StoredResource | undefined,
  wrong: (what: string) => string[],
): string[] {
  if (reason.startsWith('its kind is') && live !== undefined) return [];
  return reason.startsWith('the metadata resource') ? [] : wrong(`for no reason: ${reason}`);
}

/** What may be shown of a field, by what is true of it; `not` at all, or `unknown`: without a cause. */
const causes: Readonly<Record<string, readonly string[]>> = {
  unchanged: ['not'],
  pending: ['pending'],
  drift: ['drift'],
  conflict: ['conflict'],
  /** Nobody knows any more what was applied. */
  forgotten: ['not', 'unknown', 'pending', 'drift', 'conflict'],
  /** Not written down yet what the service makes of it. */
  uncertain: ['not', 'pending', 'drift', 'conflict'],
  /** After a write was announced that did not come: an edit is an edit still, but less is known of what it met. */
  'announced unchanged': ['not', 'pending', 'drift'],
  'announced pending': ['pending', 'drift', 'conflict'],
  'announced drift': ['drift', 'conflict'],
  'announced conflict': ['drift', 'conflict'],
  /** Somebody made of the field just what the announced write would have. */
  'as announced': ['not', 'pending', 'drift', 'conflict'],
};

/** What is true of the fields that differ. */
function expectedFields(
  collection: Collection,
  live: StoredResource,
  resource: DesiredResource,
  memory: Memory | undefined,
): ReadonlyMap<string, string> {
  const body = resource.body as { readonly kind?: string; readonly properties: StoredResource['properties'] };
  const now = normalForm(collection, live);
  const wanted = normalForm(collection, body);
  return new Map(
    differences(now, wanted).map((field) => [
      field,
      memory === undefined ? 'forgotten' : truthOf(field, now, wanted, memory),
    ]),
  );
}

function truthOf(field: string, now: NormalForm, wanted: NormalForm, memory: Memory): string {
  const { announced, isAnnounced, kept, sent, uncertain } = memory;
  if (uncertain.includes(field)) return 'uncertain';
  if (isAnnounced && announced !== undefined && now.get(field) === announced.get(field))
    return 'as announced';
  const isChanged = wanted.get(field) !== sent.get(field);
  const isEdited = now.get(field) !== kept.get(field);
  const cause = isEdited ? (isChanged ? 'conflict' : 'drift') : isChanged ? 'pending' : 'unchanged';
  return isAnnounced ? `announced ${cause}` : cause;
}

function compareFields(
  expected: ReadonlyMap<string, string>,
  fields: readonly FieldDiff[],
): readonly string[] {
  const shown = new Map(fields.map(({ pointer, cause }) => [topField(pointer), cause ?? 'unknown']));
  return [...new Set([...expected.keys(), ...shown.keys()])].sort().flatMap((field) => {
    const truth = expected.get(field) ?? 'unchanged';
    const said = shown.get(field) ?? 'not';
    return causes[truth]?.includes(said) === true ? [] : [`${field} is shown as ${said}, and is ${truth}`];
  });
}

function judgeUndescribed(
  plan: Plan,
  desired: readonly DesiredResource[],
  { list, ownership, prune }: PlanContext,
): readonly string[] {
  const described = new Set(
    desired.flatMap(({ detection, kind }) => {
      const change = changeFor(plan, collectionOf(kind), detection.id);
      const names = change?.action === 'replace' ? [change.name, change.replaces.name] : [change?.name ?? ''];
      return names.map((name) => `${collectionOf(kind)}/${name.toLowerCase()}`);
    }),
  );
  return (['alertRules', 'savedSearches'] as const).flatMap((collection) =>
    list(collection)
      .map(({ name }) => name.toLowerCase())
      .filter((key) => !described.has(`${collection}/${key}`))
      .flatMap((key) => {
        const change = roleOf(plan, collection, key)?.change;
        // What a replace that was cut short has left behind goes without being asked for.
        const isLeft = change?.action === 'delete' && change.reason === 'superseded';
        const expected = ownership.isOurs(collection, key)
          ? prune || isLeft
            ? 'delete'
            : 'orphan'
          : 'not-ours';
        return change?.action === expected
          ? []
          : [`planned ${change?.action ?? 'nothing'} for ${collection}/${key}, which is ${expected}`];
      }),
  );
}
