import type { JsonObject } from '../../core/json.ts';
import { fusionTemplateId } from '../alert-rules/rule-templates.ts';

const scheduledRule: JsonObject = {
  kind: 'Scheduled',
  properties: {
    displayName: 'Stand-in',
    enabled: true,
    severity: 'Low',
    query: 'Heartbeat',
    queryFrequency: 'PT1H',
    queryPeriod: 'PT1H',
    triggerOperator: 'GreaterThan',
    triggerThreshold: 0,
    suppressionEnabled: false,
    suppressionDuration: 'PT1H',
  },
};

/** Valid bodies by collection, for resources of which a recording tells nothing but that they were there. */
const bodies: Readonly<Record<string, JsonObject>> = {
  alertrules: scheduledRule,
  metadata: { properties: { kind: 'AnalyticsRule', parentId: 'anything' } },
  savedsearches: { properties: { category: 'any', displayName: 'Stand-in', query: 'Heartbeat' } },
  watchlists: { properties: { displayName: 'Stand-in', provider: 'any', itemsSearchKey: 'key' } },
  watchlistitems: { properties: { itemsKeyValue: {} } },
  tables: { properties: { schema: { columns: [{ name: 'TimeGenerated', type: 'datetime' }] } } },
  actions: { properties: { logicAppResourceId: 'any', triggerUri: 'https://example.com' } },
  onboardingstates: { properties: {} },
};

/** A body that can be written to the URL of a resource. */
export function standInBody(url: string): JsonObject {
  const [collection = '', name = ''] = url.split('/').slice(-2);
  if (name === 'BuiltInFusion') {
    return { kind: 'Fusion', properties: { alertRuleTemplateName: fusionTemplateId, enabled: true } };
  }
  return bodies[collection.toLowerCase()] ?? { properties: {} };
}
