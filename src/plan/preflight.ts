import { isJsonObject, type JsonObject } from '../core/json.ts';
import { workspaceLimits } from '../sentinel/limits.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { displayNameOf } from './plan-removal.ts';
import type { Blocked, Change, Create, Plan, PlanWarning, Replace, Update } from './plan.ts';

/** Limits of a workspace that are other than the documented ones. */
export interface EnabledLimits {
  readonly enabledScheduledRules?: number;
  readonly enabledNrtRules?: number;
}

/** A change that gives a resource a body. */
export type Making = Create | Update | Replace;

/** True for a change that gives a resource a body, so that the service judges it. */
export function isMaking(change: Change): change is Making {
  return change.action === 'create' || change.action === 'update' || change.action === 'replace';
}

/**
 * Blocks what the workspace has no room for: every alert rule beyond the number of those that may be enabled, and warns of names
 * that are taken. Counted is what is enabled at the most: what the plan takes away goes last.
 */
export function preflight(plan: Plan, live: LiveWorkspace, limits: EnabledLimits): Plan {
  const changes = (['Scheduled', 'NRT'] as const).reduce<readonly Change[]>(
    (sofar, kind) => blockBeyond(sofar, live, kind, limits),
    plan.changes,
  );
  return { ...plan, changes, warnings: [...plan.warnings, ...findTakenNames(changes, live)] };
}

function blockBeyond(
  changes: readonly Change[],
  { alertRules }: LiveWorkspace,
  kind: 'Scheduled' | 'NRT',
  limits: EnabledLimits,
): readonly Change[] {
  const enabled = new Set(
    alertRules
      .filter(({ body }) => body['kind'] === kind && isEnabled(body))
      .map(({ name }) => name.toLowerCase()),
  );
  const most = limitOf(kind, limits, enabled.size);
  let room = Math.max(0, most - enabled.size);
  const wanted = changes.filter((change) => takesRoom(change, kind, enabled)).length;
  return changes.map((change) => {
    if (!isMaking(change) || !takesRoom(change, kind, enabled) || room-- > 0) return change;
    return block(
      change,
      `${enabled.size} of ${most} ${kind} alert rules that may be enabled are, and the plan enables ${wanted} more; disable some ` +
        'first (what this plan takes away counts only once it is gone: then deploy again), or set ' +
        `limits.${kind === 'NRT' ? 'enabledNrtRules' : 'enabledScheduledRules'} in kustodian.yaml if the workspace has another limit`,
    );
  });
}

/** A workspace that has more than usual has another limit: that of a dedicated cluster, or one that nobody told of. */
function limitOf(kind: 'Scheduled' | 'NRT', limits: EnabledLimits, enabled: number): number {
  const configured = kind === 'NRT' ? limits.enabledNrtRules : limits.enabledScheduledRules;
  if (configured !== undefined) return configured;
  const documented =
    kind === 'NRT'
      ? [workspaceLimits.enabledNrtRules]
      : [workspaceLimits.enabledScheduledRules, workspaceLimits.enabledScheduledRulesDedicatedCluster];
  return documented.find((limit) => enabled <= limit) ?? Number.POSITIVE_INFINITY;
}

/** True if one more alert rule of the kind is enabled after the change. */
function takesRoom(change: Change, kind: string, enabled: ReadonlySet<string>): boolean {
  if (!isMaking(change) || change.kind !== 'alertRule') return false;
  return change.body['kind'] === kind && isEnabled(change.body) && !enabled.has(change.name.toLowerCase());
}

/** The change, refused. */
export function block(change: Making, reason: string): Blocked {
  const { kind, displayName, detection } = change;
  const name = change.action === 'replace' ? change.replaces.name : change.name;
  const fields = change.action === 'create' ? [] : change.fields;
  return { action: 'blocked', kind, name, displayName, detection, reason, fields };
}

/** The documentation wants names to be unique; the service has not been seen to refuse one, so it is a warning. */
function findTakenNames(changes: readonly Change[], { alertRules }: LiveWorkspace): readonly PlanWarning[] {
  const gone = new Set(
    changes.flatMap((change) => {
      if (change.action === 'delete') return [change.name.toLowerCase()];
      return change.action === 'replace' ? [change.replaces.name.toLowerCase()] : [];
    }),
  );
  const byName = new Map<string, LiveResource>();
  for (const rule of alertRules) {
    if (!gone.has(rule.name.toLowerCase())) byName.set(displayNameOf(rule).toLowerCase(), rule);
  }
  return changes.filter(isMaking).flatMap((change): PlanWarning[] => {
    const other = change.kind === 'alertRule' ? byName.get(nameOf(change).toLowerCase()) : undefined;
    if (other === undefined || other.name.toLowerCase() === change.name.toLowerCase()) return [];
    const { file } = change.detection;
    return [
      {
        message: `the workspace has another alert rule called "${nameOf(change)}" (${other.name}); the portal takes a name only once`,
        ...(file === '' ? {} : { file }),
      },
    ];
  });
}

function nameOf({ body, displayName }: Making): string {
  const properties = isJsonObject(body['properties']) ? body['properties'] : {};
  return typeof properties['displayName'] === 'string' ? properties['displayName'] : displayName;
}

function isEnabled({ properties }: JsonObject): boolean {
  return isJsonObject(properties) && properties['enabled'] === true;
}
