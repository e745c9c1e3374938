import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts';
import { behaviours } from '../../src/emulator/behaviours.ts';
import type { JsonObject } from '../../src/core/json.ts';

/** The workspace that the emulators of tests have. */
export const address = {
  subscriptionId: '00000000-0000-0000-0000-00000000000a',
  resourceGroup: 'rg-tests',
  workspace: 'ws-tests',
} as const;

export const workspacePath = `/subscriptions/${address.subscriptionId}/resourceGroups/${address.resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${address.workspace}`;
export const preview = '2025-10-01-preview';
export const stable = '2025-09-01';

/** Ids that count up, so that answers are the same in every run. */
export function countingGuids(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}

/** A clock that only moves when it is told to. */
export function fakeClock(start = '2026-03-25T07:45:17.671Z'): {
  now: () => Date;
  advance: (ms: number) => void;
} {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance: (ms) => {
      time += ms;
    },
  };
}

export function createTestEmulator(options: Partial<EmulatorOptions> = {}): Emulator {
  return createEmulator({
    now: fakeClock().now,
    newGuid: countingGuids(),
    workspaces: [address],
    ...options,
  });
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; an empty object if there is none. */
  readonly body: JsonObject;
}

export interface CallOptions {
  readonly apiVersion?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request to an emulator. A path that does not start with `/subscriptions` is below the workspace of the tests. */
export async function call(
  emulator: Pick<Emulator, 'handle'>,
  method: string,
  path: string,
  body?: unknown,
  { apiVersion = preview, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const whole = path.startsWith('/subscriptions') ? path : `${workspacePath}${path}`;
  const response = await emulator.handle({
    method,
    url: path.startsWith('https://') ? path : `https://management.test${whole}?api-version=${apiVersion}`,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    text: response.body,
    body: response.body === '' ? {} : (JSON.parse(response.body) as JsonObject),
  };
}

export const alertRulesPath = '/providers/Microsoft.SecurityInsights/alertRules';
export const metadataPath = '/providers/Microsoft.SecurityInsights/metadata';
export const savedSearchesPath = '/savedSearches';
export const logAnalyticsVersion = '2020-08-01';

/** Body of a small valid Scheduled alert rule. */
export function scheduledRule(properties: JsonObject = {}): JsonObject {
  return {
    kind: 'Scheduled',
    properties: {
      displayName: 'Many failed sign-ins',
      enabled: true,
      severity: 'Medium',
      query: 'SigninLogs\n| where ResultType != "0"',
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

/** Body of a small valid NRT alert rule. */
export function nrtRule(properties: JsonObject = {}): JsonObject {
  return {
    kind: 'NRT',
    properties: {
      displayName: 'A break-glass account signed in',
      enabled: true,
      severity: 'High',
      query: 'SigninLogs',
      suppressionEnabled: false,
      suppressionDuration: 'PT1H',
      ...properties,
    },
  };
}

/** The error of an answer, whatever it is. */
export function errorOf({ body }: Answer): { readonly code: string; readonly message: string } {
  return body['error'] as unknown as { code: string; message: string };
}

/** A test of an entry in the table of behaviours: named by it, with the confidence that it claims and no more. */
export function behaviour(id: string, run: () => Promise<void>): void {
  const entry = behaviours.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`the table of behaviours has no "${id}"`);
  test(`${entry.area}: ${entry.statement} (${entry.confidence})`, run);
}
