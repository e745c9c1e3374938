import { collectionOf } from './plan-lookup.ts';
import { seenAt, type Sight, type Write } from './service.ts';
import type { ReportedOutcome, RunReport } from './tool.ts';
import { differences, normalForm } from './normal-form.ts';
import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { StoredResource } from '../../src/emulator/state.ts';
import type { Change } from '../../src/plan/plan.ts';

/** What a report is judged by. */
export interface ReportContext {
  /** Every write of the service so far. */
  readonly writes: readonly Write[];
  readonly actor: string;
  readonly planSight: Sight;
  /** True if every request of the run had its answer. */
  readonly isUndisturbed: boolean;
}

/** What is wrong with the report of a run, as sentences. */
export function judgeReport(report: RunReport, context: ReportContext): readonly string[] {
  const { exitCode, outcomes, plan } = report;
  const found: string[] = [];
  if (outcomes.length !== plan.changes.length) {
    found.push(`reported ${outcomes.length} outcomes for ${plan.changes.length} changes`);
  }
  plan.changes.forEach((change, index) => {
    const outcome = outcomes[index];
    if (outcome?.name !== change.name || outcome.action !== change.action) {
      found.push(`reported nothing of ${change.action} ${change.name}`);
    } else found.push(...judgeOutcome(change, outcome, context));
  });
  const isComplete = outcomes.every(({ status }) => status === 'applied' || status === 'unchanged');
  if (exitCode !== (isComplete ? 0 : 1))
    found.push(`exited with ${exitCode}, ${isComplete ? '' : 'in'}complete`);
  return found;
}

function judgeOutcome(change: Change, outcome: ReportedOutcome, context: ReportContext): readonly string[] {
  const collection = collectionOf(change.kind);
  const key = (outcome.renamedTo ?? change.name).toLowerCase();
  const about = context.writes.filter((write) => write.collection === collection && write.key === key);
  const own = about.filter(({ actor }) => actor === context.actor);
  const wrong = (what: string): string[] => [
    `reported ${outcome.status} for ${change.action} of ${collection}/${key}, ${what}`,
  ];
  switch (outcome.status) {
    case 'applied':
      return [
        ...judgeApplied(change, own, about, wrong),
        ...(hidesOverwriting(change, own, about, context) ? wrong('and wrote over another') : []),
      ];
    case 'unverified': {
      const since = context.writes.find(({ actor }) => actor === context.actor)?.tick ?? 0;
      const isOverwriting = /in the moment before/.test(outcome.reason ?? '');
      if (isOverwriting && about.some((write) => isNews(write, context))) return [];
      const isShaken = context.writes.some(({ actor, tick }) => actor !== context.actor && tick > since);
      const isBlind = /the look at the end failed/.test(outcome.reason ?? '');
      return isShaken || isBlind ? [] : wrong(`nobody else wrote: ${outcome.reason ?? ''}`);
    }
    case 'unchanged':
    case 'refused':
    case 'skipped':
      return own.length === 0 ? [] : wrong('and wrote to it');
    case 'failed': {
      // Pages that shift while others delete show less than there is.
      const isMissed = about.length > 0 && !context.planSight.resources.has(`${collection}/${key}`);
      const others = about.filter((write) => isNews(write, context));
      const isConflict = /changed in the workspace since the plan|the workspace has one of this name/.test(
        outcome.reason ?? '',
      );
      const isLost = /its answer was lost/.test(outcome.reason ?? '');
      const isTombstone = /recently deleted/.test(outcome.reason ?? '');
      if (isConflict && !isMissed && !isLost && !isTombstone && others.length === 0)
        return wrong(`nobody else wrote to it: ${outcome.reason ?? ''}`);
      return outcome.reason === undefined || outcome.reason === '' ? wrong('without a reason') : [];
    }
  }
}

/** True for a write of somebody else that the plan did not know of. */
function isNews(
  { actor: writer, collection, key, tick }: Write,
  { actor, planSight }: ReportContext,
): boolean {
  return writer !== actor && tick > seenAt(planSight, collection, key);
}

/** The service says of an alert rule whether it is new; of a write that had to be repeated it does not. */
function hidesOverwriting(
  { action, kind }: Change,
  own: readonly Write[],
  about: readonly Write[],
  { actor, isUndisturbed }: ReportContext,
): boolean {
  if (action !== 'create' || kind !== 'alertRule' || !isUndisturbed) return false;
  const first = own.find(({ method }) => method === 'PUT');
  const previous = about.findLast(({ tick }) => first !== undefined && tick < first.tick);
  return previous?.after !== undefined && previous.actor !== actor;
}

function judgeApplied(
  change: Change,
  own: readonly Write[],
  about: readonly Write[],
  wrong: (what: string) => string[],
): readonly string[] {
  switch (change.action) {
    case 'delete':
      return about.at(-1)?.after === undefined || own.some(({ method }) => method === 'DELETE')
        ? []
        : wrong('and it is there');
    case 'forget':
      return own.length === 0 ? [] : wrong('and wrote to more than its metadata');
    case 'create':
    case 'update':
    case 'replace':
    case 'disable':
      break;
    default:
      return wrong('which is nothing to apply');
  }
  if (change.action === 'update' && change.fields.length === 0) return [];
  const wanted = toForm(change, change.body);
  // Another run may have brought it about, and the service may keep what it was sent in a form that is the wanted one.
  const isThere = about
    .flatMap(({ sent, after }) => [sent, after])
    .some((body) => body !== undefined && differences(toForm(change, body), wanted).length === 0);
  return isThere ? [] : wrong('and the service never had it');
}

function toForm({ kind }: Change, body: JsonObject | StoredResource): ReturnType<typeof normalForm> {
  const properties = isJsonObject(body['properties']) ? body['properties'] : {};
  return normalForm(collectionOf(kind), {
    kind: body['kind'],
    properties,
  });
}
