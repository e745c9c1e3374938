import type { Plan } from '../../src/plan/plan.ts';
import { differences, normalForm, topField } from './normal-form.ts';
import { isOurMetadata, parentOf, type Ownership } from './ownership.ts';
import { roleOf, type Role } from './plan-lookup.ts';
import type { StoredResource } from '../../src/emulator/state.ts';
import { seenAt, type Collection, type Sight, type Write } from './service.ts';
import { textOf } from './text-of.ts';

/** A run as the oracle judges its writes. */
export interface JudgedRun {
  readonly plan: Plan;
  /** What the run had seen when its plan was made. */
  readonly planSight: Sight;
}

/** What the judgement of a write goes by. */
export interface WriteContext {
  readonly ownership: Ownership;
  readonly enforcesEtags: boolean;
  /** What the run has seen before this write. */
  readonly sight: Sight;
  /** True if the run cannot know any more whose the resource is. */
  readonly isContested: boolean;
  /** The detection that metadata of ours names for the resource. */
  readonly contentId: string | undefined;
  /** True if the resource that the metadata is about is there, and the run has seen it so. */
  readonly marksSomething: boolean;
  /** The resource as it was when the run looked at it for its plan. */
  readonly planned: StoredResource | undefined;
  /** The write that this one does away with, if somebody else made it. */
  readonly overwritten: Write | undefined;
}

/** What is wrong with a write of the tool, as sentences; nothing if it may be. */
export function judgeWrite(
  write: Write,
  run: JudgedRun | undefined,
  context: WriteContext,
): readonly string[] {
  if (run === undefined) return [`wrote ${place(write)} before it had a plan`];
  return write.collection === 'metadata'
    ? judgeMetadata(write, run, context)
    : judgeResource(write, run, context);
}

function judgeMetadata(write: Write, { plan }: JudgedRun, context: WriteContext): string[] {
  const { after, before } = write;
  if (before !== undefined && !isOurMetadata(before)) {
    // Metadata has no etags: what appeared after the last look cannot be told.
    return isUnseen(context.overwritten, context.sight)
      ? []
      : [`${write.method} ${place(write)}, which is not ours`];
  }
  if (after === undefined) {
    return context.marksSomething ? [`deleted ${place(write)}, although what it is about is there`] : [];
  }
  const parent = parentOf(after);
  if (parent === undefined) return [`wrote ${place(write)}, which is about nothing`];
  const [collection, key] = splitId(parent);
  if (context.isContested || context.ownership.isOurs(collection, key)) return [];
  const change = roleOf(plan, collection, key, textOf(after.properties['contentId']))?.change;
  const isAdopted = change?.action === 'update' && change.adopts;
  const isMade = change?.action === 'create' || change?.action === 'replace';
  return isAdopted || isMade ? [] : [`claimed ${parent}, which is not ours, by ${place(write)}`];
}

function judgeResource(write: Write, run: JudgedRun, context: WriteContext): string[] {
  const { before, collection, key, method } = write;
  const role = roleOf(run.plan, collection, key, context.contentId);
  if (role === undefined || !allows(role, method)) {
    return [`${method} ${place(write)}, planned as ${role?.change.action ?? 'nothing'}`];
  }
  if (before === undefined) return [];

  const isMade = role.type !== 'replaced' && ['create', 'replace'].includes(role.change.action);
  // Whoever has not seen it on a page of a list creates it: pages may shift while others delete.
  const isMissed = isMade && !context.sight.resources.has(place(write));
  if (isMissed || isUnseen(context.overwritten, context.sight)) {
    // The stated guarantees: the service compares no etag when it creates or deletes, and this one may compare none at all.
    const cannotTell = method === 'DELETE' || isMade || !context.enforcesEtags;
    return cannotTell ? [] : [`overwrote ${place(write)}, which was written after the last look at it`];
  }
  if (context.isContested) return [];
  const found: string[] = [];
  const isAdopted = role.change.action === 'update' && role.change.adopts;
  if (!context.ownership.isOurs(collection, key) && !isAdopted) {
    found.push(`${method} ${place(write)}, which is not ours and was not adopted`);
  }
  if (isUnseen(context.overwritten, run.planSight) && meansOther(collection, before, context.planned)) {
    found.push(`${method} ${place(write)}, which was written after the plan was made`);
  }
  if (method === 'PUT') found.push(...judgeFields(write, role));
  return found;
}

/** Whoever wrote what was there already has changed nothing; nor has who switched off what is switched off before it is deleted. */
function meansOther(
  collection: Collection,
  now: StoredResource,
  before: StoredResource | undefined,
): boolean {
  if (before === undefined) return true;
  const changed = differences(normalForm(collection, now), normalForm(collection, before));
  return changed.some((field) => field !== '/properties/enabled');
}

/** True if a plan that gives a resource this role may write to it so. */
function allows({ change, type }: Role, method: Write['method']): boolean {
  if (type === 'replaced') return true;
  const puts = ['create', 'update', 'replace', 'disable', 'delete'];
  return method === 'DELETE' ? change.action === 'delete' : puts.includes(change.action);
}

/** Every difference that a write makes must have been shown. */
function judgeFields({ after, before, collection, key }: Write, role: Role): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const shown = shownFields(role);
  return differences(normalForm(collection, before), normalForm(collection, after))
    .filter((field) => !shown.has(field))
    .map((field) => `changed ${field} of ${collection}/${key} without having shown it`);
}

function shownFields({ change, type }: Role): ReadonlySet<string> {
  if (type === 'replaced' || change.action === 'delete') return new Set(['/properties/enabled']);
  return new Set('fields' in change ? change.fields.map(({ pointer }) => topField(pointer)) : []);
}

function isUnseen(write: Write | undefined, sight: Sight): boolean {
  return write !== undefined && write.tick > seenAt(sight, write.collection, write.key);
}

function place({ collection, key }: Write): string {
  return `${collection}/${key}`;
}

function splitId(id: string): readonly ['alertRules' | 'savedSearches', string] {
  const [collection = '', ...rest] = id.split('/');
  return [collection === 'alertRules' ? 'alertRules' : 'savedSearches', rest.join('/')];
}
