import type { DesiredResource } from '../../src/plan/plan.ts';
import type {
  IncidentCreationAlertRule,
  NrtAlertRule,
  SavedSearch,
  ScheduledAlertRule,
} from '../../src/sentinel/resource.ts';

/** A valid Scheduled PUT body with the least in it, but for what is given. */
export function buildScheduledRule(
  properties: Partial<ScheduledAlertRule['properties']> = {},
): ScheduledAlertRule {
  return {
    kind: 'Scheduled',
    properties: {
      displayName: 'Account brute-forced',
      enabled: true,
      severity: 'Medium',
      query: 'SecurityEvent\n| where EventID == 4625',
      queryFrequency: 'PT1H',
      queryPeriod: 'P1D',
      triggerOperator: 'GreaterThan',
      triggerThreshold: 0,
      suppressionEnabled: false,
      suppressionDuration: 'PT5H',
      ...properties,
    },
  };
}

/** A valid NRT PUT body. */
export function buildNrtRule(properties: Partial<NrtAlertRule['properties']> = {}): NrtAlertRule {
  return {
    kind: 'NRT',
    properties: {
      displayName: 'Emergency account signed in',
      enabled: true,
      severity: 'High',
      query: 'SigninLogs | where UserPrincipalName == "emergency@contoso.com"',
      suppressionEnabled: false,
      suppressionDuration: 'PT5H',
      ...properties,
    },
  };
}

/** A valid MicrosoftSecurityIncidentCreation PUT body. */
export function buildIncidentCreationRule(
  properties: Partial<IncidentCreationAlertRule['properties']> = {},
): IncidentCreationAlertRule {
  return {
    kind: 'MicrosoftSecurityIncidentCreation',
    properties: {
      displayName: 'Incidents of Defender for Cloud Apps',
      enabled: true,
      productFilter: 'Microsoft Cloud App Security',
      ...properties,
    },
  };
}

/** A valid hunting query. */
export function buildHuntingQuery(properties: Partial<SavedSearch['properties']> = {}): SavedSearch {
  return {
    properties: {
      category: 'Hunting Queries',
      displayName: 'Rare processes',
      query: 'SecurityEvent | summarize count() by Process',
      version: 2,
      tags: [{ name: 'tactics', value: 'Execution' }],
      ...properties,
    },
  };
}

/** A resource as compile/ gives it; kind and display name are the body's. */
export function buildDesired(
  name: string,
  body: DesiredResource['body'] = buildScheduledRule(),
  detection: Partial<DesiredResource['detection']> = {},
): DesiredResource {
  return {
    kind: 'kind' in body ? 'alertRule' : 'savedSearch',
    name,
    displayName: body.properties.displayName,
    detection: { id: name, file: `detections/execution/${name}.yaml`, version: '1.0.0', ...detection },
    body,
  };
}
