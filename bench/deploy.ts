import type { RequestLogEntry } from '../src/emulator/middleware/request-log.ts';
import type { DesiredResource } from '../src/sentinel/desired-resource.ts';
import { createMeasuredWorkspace } from './deploy-workspace.ts';
import type { Figure } from './run.ts';

const latencyMs = 100;
const changes = 600;
const unchanged = 2_000;

/**
 * Deploys to a workspace with the latency and the token buckets of Azure Resource Manager, against the least time in which those
 * let the same requests through; and counts requests against what the patterns of other tools would send for the same.
 *
 * @param isVirtual false to wait as long as a real deploy would: some six minutes
 */
export async function benchDeploy(isVirtual: boolean): Promise<readonly Figure[]> {
  const workspace = createMeasuredWorkspace({ latencyMs, isVirtual });
  const first = await workspace.deploy(buildRules(changes, 'Medium'));
  const second = await workspace.deploy(buildRules(changes, 'High'));
  for (const { summary } of [first, second]) {
    if (summary.applied !== changes) throw new Error(`${summary.applied} of ${changes} changes were applied`);
  }
  const many = createMeasuredWorkspace({ latencyMs: 0, limits: noLimits });
  const described = buildRules(unchanged, 'Medium');
  await many.deploy(described);
  const plan = await many.plan(described);
  if (plan.changes > 0) throw new Error(`a plan right after a deploy has ${plan.changes} changes`);
  checkLists(plan.requests);

  const created = `${changes} new alert rules at ${latencyMs} ms`;
  const updated = `${changes} changed alert rules at ${latencyMs} ms`;
  return [
    { name: `deploy ${created}`, value: first.seconds, unit: 's' },
    { name: `deploy ${created}, to the bound of the token buckets`, ...ratioOf(first) },
    { name: `deploy ${created}: answers of 429`, value: first.throttled, unit: 'requests', target: 8 },
    { name: `deploy ${updated}`, value: second.seconds, unit: 's' },
    { name: `deploy ${updated}, to the bound of the token buckets`, ...ratioOf(second) },
    { name: `deploy ${updated}: answers of 429`, value: second.throttled, unit: 'requests', target: 8 },
    { name: `requests for ${changes} changed alert rules`, value: second.requests.length, unit: 'requests' },
    // Each change is read, written and read again, one after the other.
    { name: '  read, write and read each rule', value: 3 * changes, unit: 'requests' },
    // Two ARM deployments a rule, each written and asked for its end at least once.
    { name: '  two ARM deployments a rule', value: 4 * changes, unit: 'requests' },
    {
      name: `requests to plan ${unchanged} unchanged alert rules`,
      value: plan.requests.length,
      unit: 'requests',
      target: 4,
    },
    // A refresh of the state reads every rule; reading, writing and reading again does not ask whether it changed.
    { name: '  read each rule', value: unchanged, unit: 'requests' },
    { name: '  read, write and read each rule', value: 3 * unchanged, unit: 'requests' },
  ];
}

function ratioOf({ boundSeconds, seconds }: { readonly boundSeconds: number; readonly seconds: number }) {
  return { value: seconds / boundSeconds, unit: 'times', target: 1.05 } as const;
}

const unlimited = { bucket: 1_000_000, refillPerSecond: 1_000_000 };
const noLimits = { reads: unlimited, writes: unlimited, deletes: unlimited };

/** A plan without changes asks for the list of each kind and for the workspace, once each, and for nothing else. */
function checkLists(requests: readonly RequestLogEntry[]): void {
  const paths = requests.map(({ method, url }) => `${method} ${url.split('?')[0]?.split('/').at(-1) ?? ''}`);
  const allowed = ['GET alertRules', 'GET savedSearches', 'GET metadata', 'GET law-bench'];
  const excess = paths.filter((path, index) => !allowed.includes(path) || paths.indexOf(path) !== index);
  if (excess.length > 0) throw new Error(`a plan without changes also sends ${excess.join(', ')}`);
}

/** Scheduled alert rules as detections compile to, each with an id of its own. */
export function buildRules(count: number, severity: 'Medium' | 'High'): readonly DesiredResource[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const displayName = `Many failed sign-ins ${index}`;
    return {
      kind: 'alertRule',
      name: id,
      displayName,
      detection: { id, file: `detections/bench/${index}.yaml`, version: '1.0.0' },
      body: {
        kind: 'Scheduled',
        properties: {
          displayName,
          description: 'Identifies many failed sign-ins of one account.',
          enabled: true,
          severity,
          query: 'SigninLogs\n| where ResultType != "0"\n| summarize count() by UserPrincipalName',
          queryFrequency: 'PT1H',
          queryPeriod: 'PT1H',
          triggerOperator: 'GreaterThan',
          triggerThreshold: 0,
          suppressionEnabled: false,
          suppressionDuration: 'PT5H',
          tactics: ['CredentialAccess'],
          techniques: ['T1110'],
          entityMappings: [
            {
              entityType: 'Account',
              fieldMappings: [{ identifier: 'FullName', columnName: 'UserPrincipalName' }],
            },
          ],
        },
      },
    };
  });
}
