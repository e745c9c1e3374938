import { compileSchema, type SchemaValidator } from '../../core/json-schema.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { armError, badRequest, refuse } from '../arm-error.ts';
import { checkDataModel } from '../data-model.ts';
import { hasEtagConflict } from '../etag-conflict.ts';
import { listPage } from '../list-page.ts';
import {
  bodyOf,
  nameOf,
  propertiesOf,
  type Operations,
  type Reply,
  type WorkspaceContext,
} from '../operation.ts';
import { workspaceId } from '../resources/workspace-id.ts';
import { shownText } from '../shown-text.ts';
import type { Principal, StoredResource, Workspace } from '../state.ts';
import { securityInsightsEtag, type WriteStamp } from '../write-stamp.ts';
import { toShownProperties, toStoredProperties } from './alert-rule-form.ts';
import { alertRuleKinds, alertRuleSchema, hasKind, type AlertRuleKind } from './alert-rule-schema.ts';
import { alertRuleFault } from './alert-rule-semantics.ts';
import { queryFault } from './query-faults.ts';
import { rewriteValues } from './rewrite-values.ts';
import { fusionTemplateId, templateProperties } from './rule-templates.ts';

/** Microsoft.SecurityInsights/alertRules. */
export const alertRules: Operations<WorkspaceContext> = {
  list: (context) => {
    const rules = [...context.workspace.collections.alertRules.values()];
    return listPage(
      context,
      `${context.path.scope}/providers/Microsoft.SecurityInsights/alertRules`,
      rules.map((rule) => show(rule, context.apiVersion)),
    );
  },

  get: (context) => {
    const name = nameOf(context);
    const rule = find(context.workspace, name);
    return rule === undefined
      ? ruleNotFound(context.workspace, name)
      : { status: 200, body: show(rule, context.apiVersion) };
  },

  put: putAlertRule,

  delete: (context) => {
    const { workspace } = context;
    const key = nameOf(context).toLowerCase();
    if (!workspace.collections.alertRules.delete(key)) return { status: 204 };
    for (const action of workspace.collections.actions.keys()) {
      if (action.startsWith(`${key}/`)) workspace.collections.actions.delete(action);
    }
    workspace.deletedAlertRules.set(key, context.stamp().time);
    return { status: 200, body: {} };
  },
};

/** What GET and the actions of an alert rule that does not exist answer. */
export function ruleNotFound(workspace: Workspace, name: string): Reply {
  return armError(
    404,
    'NotFound',
    `Cannot find rule with resource name '${name}' for workspaceId '${workspace.customerId}'.`,
  );
}

/** The alert rule that every workspace starts with once Microsoft Sentinel is enabled on it. */
export function addBuiltInFusion(workspace: Workspace, principal: Principal, stamp: WriteStamp): void {
  const name = 'BuiltInFusion';
  workspace.collections.alertRules.set(name.toLowerCase(), {
    name,
    id: `${workspaceId(workspace)}/providers/Microsoft.SecurityInsights/alertRules/${name}`,
    kind: 'Fusion',
    etag: securityInsightsEtag(stamp),
    createdAt: stamp.time,
    lastModifiedAt: stamp.time,
    createdBy: principal,
    lastModifiedBy: principal,
    properties: { ...templateProperties('Fusion', fusionTemplateId), enabled: true },
  });
}

async function putAlertRule(context: WorkspaceContext): Promise<Reply> {
  const { apiVersion, path, principal, settings, workspace } = context;
  const name = nameOf(context);
  const body = bodyOf(context);
  const kind = checkKind(body['kind'], apiVersion);
  const sent = propertiesOf(body);
  checkDataModel(validatorOf(kind, apiVersion), sent);
  const fault = alertRuleFault(kind, sent) ?? (await queryFault(sent, settings));
  if (fault !== undefined) return badRequest(fault);

  // From here on nothing waits, so that no other request comes between the checks and the write.
  const existing = find(workspace, name);
  const storedName = existing?.name ?? name;
  if (hasEtagConflict(settings, existing, body['etag'])) {
    refuse(
      409,
      'Conflict',
      `Newer instance of rule '${storedName}' exists for workspace '${workspace.customerId}' (Etag does not match). Data was not saved.`,
    );
  }
  if (existing === undefined) checkRecentlyDeleted(context, name);
  else if (existing.kind !== kind) {
    badRequest(
      `The kind of the rule '${name}' cannot be changed from '${existing.kind ?? ''}' to '${kind}'.`,
    );
  }
  if (sent['enabled'] === true) checkQuota(context, kind, name);

  const stamp = context.stamp();
  const properties = toStoredProperties(kind, sent, apiVersion);
  const rule: StoredResource = {
    name: storedName,
    id: existing?.id ?? `${path.scope}/providers/Microsoft.SecurityInsights/alertRules/${name}`,
    kind,
    etag: securityInsightsEtag(stamp),
    createdAt: existing?.createdAt ?? stamp.time,
    lastModifiedAt: stamp.time,
    createdBy: existing?.createdBy ?? principal,
    lastModifiedBy: principal,
    properties: settings.values === 'rewritten' ? rewriteValues(properties) : properties,
  };
  workspace.collections.alertRules.set(name.toLowerCase(), rule);
  workspace.deletedAlertRules.delete(name.toLowerCase());
  return { status: existing === undefined ? 201 : 200, body: show(rule, apiVersion) };
}

function find(workspace: Workspace, name: string): StoredResource | undefined {
  return workspace.collections.alertRules.get(name.toLowerCase());
}

function show(rule: StoredResource, apiVersion: string): JsonObject {
  return {
    id: rule.id,
    name: rule.name,
    etag: rule.etag,
    type: 'Microsoft.SecurityInsights/alertRules',
    kind: rule.kind,
    properties: toShownProperties(rule.kind, rule.properties, rule.lastModifiedAt, apiVersion),
  };
}

function checkKind(sent: JsonValue | undefined, apiVersion: string): AlertRuleKind {
  const kind = alertRuleKinds.find((known) => known === sent);
  if (kind !== undefined && hasKind(apiVersion, kind)) return kind;
  const available = alertRuleKinds.filter((known) => hasKind(apiVersion, known)).join(', ');
  return badRequest(
    sent === undefined
      ? "Invalid data model. [: Required property 'kind' not found in JSON.]"
      : `Invalid data model. [kind: The kind '${shownText(sent)}' is not supported in api-version '${apiVersion}'. Supported kinds are: ${available}.]`,
  );
}

const oneDay = 24 * 60 * 60 * 1_000;

function checkRecentlyDeleted({ now, settings, workspace }: WorkspaceContext, name: string): void {
  const deletedAt = workspace.deletedAlertRules.get(name.toLowerCase());
  if (settings.recentlyDeletedId === 'accept' || deletedAt === undefined) return;
  if (now().getTime() - Date.parse(deletedAt) >= oneDay) return;
  badRequest(
    `The rule with id '${name}' was recently deleted. You need to allow some time before re-using the same id. Please try again later.`,
  );
}

function checkQuota({ settings, workspace }: WorkspaceContext, kind: AlertRuleKind, name: string): void {
  if (kind !== 'Scheduled' && kind !== 'NRT') return;
  const quota = kind === 'Scheduled' ? settings.enabledScheduledRules : settings.enabledNrtRules;
  const others = [...workspace.collections.alertRules.values()].filter(
    (rule) =>
      rule.kind === kind &&
      rule.properties['enabled'] === true &&
      rule.name.toLowerCase() !== name.toLowerCase(),
  );
  if (others.length >= quota) {
    badRequest(
      `The maximum number of enabled ${kind} alert rules, ${quota}, has been reached for the workspace.`,
    );
  }
}

const validators = new Map<string, SchemaValidator>();

function validatorOf(kind: AlertRuleKind, apiVersion: string): SchemaValidator {
  const key = `${kind} ${apiVersion}`;
  const known = validators.get(key) ?? compileSchema(alertRuleSchema(kind, apiVersion));
  validators.set(key, known);
  return known;
}
