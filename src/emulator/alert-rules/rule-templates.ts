import type { JsonObject, JsonValue } from '../../core/json.ts';

/** Id of the template behind the alert rule that every workspace starts with. */
export const fusionTemplateId = 'f71aba3d-28fb-450b-b192-4e76a83015c8';

/**
 * What an alert rule of a kind without properties of its own shows: its template's. Only Fusion's template is known; the
 * others get a plain one, so that they can be listed.
 */
export function templateProperties(kind: string, templateName: JsonValue | undefined): JsonObject {
  const isFusion = templateName === fusionTemplateId;
  return {
    displayName: isFusion ? 'Advanced Multistage Attack Detection' : kind,
    description: isFusion
      ? 'Correlates alerts and events of several products into incidents that show a multistage attack.'
      : `An alert rule of the kind ${kind}.`,
    alertRuleTemplateName: templateName ?? null,
    tactics: isFusion ? fusionTactics : [],
    severity: isFusion ? 'High' : 'Medium',
  };
}

const fusionTactics = [
  'Collection',
  'CommandAndControl',
  'CredentialAccess',
  'DefenseEvasion',
  'Discovery',
  'Execution',
  'Exfiltration',
  'Impact',
  'InitialAccess',
  'LateralMovement',
  'Persistence',
  'PrivilegeEscalation',
];
