import {
  address,
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  logAnalyticsVersion,
  metadataPath,
  preview,
  savedSearchesPath,
  scheduledRule,
  workspacePath,
} from '../support/emulator.ts';

const subscription = `/subscriptions/${address.subscriptionId}`;
const elsewhere = `${subscription}/resourceGroups/rg-tests/providers/Microsoft.OperationalInsights/workspaces/other`;

behaviour('api-version-missing', async () => {
  const emulator = createTestEmulator();
  const response = await emulator.handle({
    method: 'GET',
    url: `https://management.test${workspacePath}${alertRulesPath}`,
    headers: {},
  });
  expect([response.status, response.body]).toEqual([
    400,
    '{"error":{"code":"MissingApiVersionParameter","message":"The api-version query parameter (?api-version=) is required for all requests."}}',
  ]);
});

behaviour('api-version-unknown', async () => {
  const emulator = createTestEmulator();
  const future = await call(emulator, 'GET', alertRulesPath, undefined, { apiVersion: '2099-01-01' });
  expect([future.status, errorOf(future).code]).toEqual([400, 'InvalidResourceType']);
  expect(errorOf(future).message).toContain(
    "for api version '2099-01-01'. The supported api-versions are '2019-01-01-preview,",
  );
  const garbled = await call(emulator, 'GET', alertRulesPath, undefined, { apiVersion: '2025-13-45' });
  expect([garbled.status, errorOf(garbled).code]).toEqual([400, 'InvalidApiVersionParameter']);
  const ofOtherProvider = await call(emulator, 'GET', savedSearchesPath, undefined, { apiVersion: preview });
  expect(ofOtherProvider.status).toBe(400);
});

behaviour('workspace-missing', async () => {
  const emulator = createTestEmulator();
  const message =
    "The Resource 'Microsoft.OperationalInsights/workspaces/other' under resource group 'rg-tests' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix";
  for (const [path, apiVersion] of [
    [elsewhere, logAnalyticsVersion],
    [`${elsewhere}${alertRulesPath}`, preview],
    [`${elsewhere}${savedSearchesPath}`, logAnalyticsVersion],
  ] as const) {
    const answer = await call(emulator, 'GET', path, undefined, { apiVersion });
    expect([answer.status, answer.headers['x-ms-failure-cause']]).toEqual([404, 'gateway']);
    expect(errorOf(answer)).toEqual({ code: 'ResourceNotFound', message });
  }
});

behaviour('path-case', async () => {
  const emulator = createTestEmulator();
  await call(emulator, 'PUT', `${alertRulesPath}/a`, scheduledRule());
  const shouted = `//subscriptions/${address.subscriptionId}/RESOURCEGROUPS/rg-TESTS/PROVIDERS/microsoft.operationalinsights/WORKSPACES/WS-tests/PROVIDERS/microsoft.securityinsights/ALERTRULES/A`;
  const response = await emulator.handle({
    method: 'GET',
    url: `https://management.test${shouted}?api-version=${preview}`,
    headers: {},
  });
  expect(response.status).toBe(200);
});

behaviour('unknown-type', async () => {
  const emulator = createTestEmulator();
  const answer = await call(emulator, 'GET', '/providers/Microsoft.SecurityInsights/gizmos');
  expect([answer.status, errorOf(answer).code]).toEqual([404, 'InvalidResourceType']);
  for (const path of ['/subscriptions', `${subscription}/nonsense/x`, `${workspacePath}/%E0%A4%A`]) {
    expect((await call(emulator, 'GET', path)).status).toBe(404);
  }
});

behaviour('body-not-json', async () => {
  const emulator = createTestEmulator();
  for (const body of ['', '{"kind":', '[]', 'null', '"text"']) {
    const answer = await call(emulator, 'PUT', `${metadataPath}/a`, body);
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'InvalidRequestContent']);
  }
});

test('a method that a type does not have is 405', async () => {
  const emulator = createTestEmulator();
  expect((await call(emulator, 'POST', `${alertRulesPath}/a`, {})).status).toBe(405);
  expect((await call(emulator, 'DELETE', alertRulesPath)).status).toBe(405);
});

behaviour('security-insights-headers', async () => {
  const emulator = createTestEmulator();
  const { headers } = await call(emulator, 'PUT', `${alertRulesPath}/a`, scheduledRule(), {
    headers: { 'x-ms-client-request-id': 'mine' },
  });
  const id = headers['x-ms-request-id'];
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `EMULATOR:20260325T074517Z:${String(id)}`,
    'x-ms-client-request-id': 'mine',
    'x-ms-ratelimit-remaining-subscription-writes': '799',
    'x-ms-ratelimit-remaining-subscription-global-writes': '11999',
  });
  for (const absent of ['etag', 'location', 'retry-after', 'api-supported-versions']) {
    expect(headers).not.toHaveProperty(absent);
  }
  const read = await call(emulator, 'GET', `${alertRulesPath}/a`);
  expect(read.headers['x-ms-ratelimit-remaining-subscription-reads']).toBe('1099');
  const deleted = await call(emulator, 'DELETE', `${alertRulesPath}/a`);
  expect(deleted.headers).toHaveProperty('x-ms-ratelimit-remaining-subscription-deletes');
});

behaviour('log-analytics-headers', async () => {
  const { headers } = await call(createTestEmulator(), 'GET', savedSearchesPath, undefined, {
    apiVersion: logAnalyticsVersion,
  });
  expect(headers['api-supported-versions']?.split(', ')).toEqual(
    expect.arrayContaining(['2020-08-01', '2025-04-01']),
  );
  expect(headers).toMatchObject({
    'access-control-allow-origin': '*',
    'request-context': expect.stringMatching(/^appId=cid-v1:/) as string,
  });
});

async function putRules(
  emulator: ReturnType<typeof createTestEmulator>,
  names: readonly string[],
): Promise<void> {
  for (const name of names) await call(emulator, 'PUT', `${alertRulesPath}/${name}`, scheduledRule());
}

behaviour('list-single-page', async () => {
  const emulator = createTestEmulator();
  await putRules(emulator, ['b', 'a']);
  const { body } = await call(emulator, 'GET', alertRulesPath);
  expect(Object.keys(body)).toEqual(['value']);
});

behaviour('list-next-link', async () => {
  const emulator = createTestEmulator({ settings: { pageSize: 2 } });
  await putRules(emulator, ['c', 'b', 'a', 'z']);
  const names: string[] = [];
  let pages = 0;
  for (let next: unknown = alertRulesPath; typeof next === 'string'; pages++) {
    const { body, status } = await call(emulator, 'GET', next);
    expect(status).toBe(200);
    names.push(...(body['value'] as { name: string }[]).map(({ name }) => name));
    next = body['nextLink'];
    if (next !== undefined) {
      expect(next).toMatch(
        /^https:\/\/management\.test\/subscriptions\/.*\?api-version=2025-10-01-preview&%24skipToken=/,
      );
    }
  }
  expect(names).toEqual(['BuiltInFusion', 'c', 'b', 'a', 'z']);
  expect(pages).toBe(3);
  const forged = `https://management.test${workspacePath}${alertRulesPath}?api-version=${preview}&$skipToken=forged`;
  expect((await call(emulator, 'GET', forged)).status).toBe(400);
});

behaviour('list-order', async () => {
  const emulator = createTestEmulator();
  await putRules(emulator, ['c', 'a', 'b', 'c']);
  const { body } = await call(emulator, 'GET', alertRulesPath);
  expect((body['value'] as { name: string }[]).map(({ name }) => name)).toEqual([
    'BuiltInFusion',
    'c',
    'a',
    'b',
  ]);
});
