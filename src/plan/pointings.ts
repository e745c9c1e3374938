import { isJsonArray, isJsonObject, type JsonValue } from '../core/json.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import type { Change, Plan, Pointing, Removal } from './plan.ts';

/** What points at the alert rules of a workspace: read only where a plan takes one away. */
export interface PointingSources {
  readonly automationRules: readonly LiveResource[];
  /** The actions of the alert rules that go, by the rule's name. */
  readonly actions: ReadonlyMap<string, readonly LiveResource[]>;
}

/** The names of the alert rules that a plan takes away. */
export function removedAlertRules(plan: Pick<Plan, 'changes'>): readonly string[] {
  return plan.changes.flatMap((change) => removalOf(change)?.name ?? []);
}

/** What points at an alert rule. */
export function pointingsAt(
  ruleName: string,
  { automationRules, actions }: PointingSources,
): readonly Pointing[] {
  return [
    ...automationRules.filter(({ body }) => namesRule(conditionsOf(body), ruleName)).map(toPointing),
    ...(actions.get(ruleName) ?? []).map(({ name, body }): Pointing => {
      const playbook = memberOf(body, 'logicAppResourceId');
      const displayName = typeof playbook === 'string' ? (playbook.split('/').at(-1) ?? name) : name;
      return { type: 'action', name, displayName };
    }),
  ];
}

/**
 * Writes into the plan what points at the alert rules that it takes away, and blocks what would break it: an automation rule
 * whose conditions name a rule that is gone no longer runs for it, and the actions of an alert rule go with it.
 *
 * @param allowed true if the user takes that in
 */
export function addPointings(
  plan: Plan,
  sources: PointingSources,
  { allowed }: { readonly allowed: boolean },
): Plan {
  return { ...plan, changes: plan.changes.map((change) => addTo(change, sources, allowed)) };
}

function addTo(change: Change, sources: PointingSources, allowed: boolean): Change {
  const removal = removalOf(change);
  if (removal === undefined) return change;
  const pointedAtBy = pointingsAt(removal.name, sources);
  if (pointedAtBy.length === 0) return change;
  if (!allowed) return block(change, removal, pointedAtBy);
  if (change.action === 'delete') return { ...change, pointedAtBy };
  return change.action === 'replace' ? { ...change, replaces: { ...removal, pointedAtBy } } : change;
}

function block(change: Change, removal: Removal, pointedAtBy: readonly Pointing[]): Change {
  if (change.action !== 'delete' && change.action !== 'replace') return change;
  const { kind, displayName, detection, action } = change;
  const verb = action === 'delete' ? 'deleting' : 'replacing';
  const reason =
    `${verb} it would break what points at "${removal.name}"; point that elsewhere first, or take it in with ` +
    '--allow-broken-automation';
  const fields = action === 'replace' ? change.fields : [];
  return { action: 'blocked', kind, name: removal.name, displayName, detection, reason, fields, pointedAtBy };
}

function removalOf(change: Change): Removal | undefined {
  if (change.kind !== 'alertRule') return undefined;
  if (change.action === 'delete') return change;
  return change.action === 'replace' ? change.replaces : undefined;
}

function toPointing({ name, body }: LiveResource): Pointing {
  const displayName = memberOf(body, 'displayName');
  return { type: 'automation-rule', name, displayName: typeof displayName === 'string' ? displayName : name };
}

/** Conditions nest, and more than one property of an incident or alert can name alert rules: any mention counts. */
function namesRule(value: JsonValue | undefined, ruleName: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().endsWith(`/alertrules/${ruleName.toLowerCase()}`);
  if (isJsonArray(value)) return value.some((item) => namesRule(item, ruleName));
  return isJsonObject(value) && Object.values(value).some((item) => namesRule(item, ruleName));
}

function conditionsOf(body: JsonValue): JsonValue | undefined {
  const logic = memberOf(body, 'triggeringLogic');
  return isJsonObject(logic) ? logic['conditions'] : undefined;
}

function memberOf(body: JsonValue, name: string): JsonValue | undefined {
  const properties = isJsonObject(body) ? body['properties'] : undefined;
  return isJsonObject(properties) ? properties[name] : undefined;
}
