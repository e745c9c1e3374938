import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { evaluateText, TemplateError } from '../../src/emulator/deployments/template-expression.ts';
import type { TemplateScope } from '../../src/emulator/deployments/template-functions.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import {
  address,
  alertRulesPath,
  behaviour,
  call,
  createTestEmulator,
  errorOf,
  metadataPath,
  scheduledRule,
  workspacePath,
  type Answer,
} from '../support/emulator.ts';

const group = `/subscriptions/${address.subscriptionId}/resourceGroups/${address.resourceGroup}`;
const deployment = `${group}/providers/Microsoft.Resources/deployments/d1`;
const apiVersion = '2021-04-01';

function template(resources: JsonValue, extra: JsonObject = {}): JsonObject {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { workspace: { type: 'string' } },
    resources,
    ...extra,
  };
}

const parameters = { workspace: { value: address.workspace } };

function put(emulator: Emulator, body: JsonObject, given: JsonObject = parameters): Promise<Answer> {
  return call(
    emulator,
    'PUT',
    deployment,
    { properties: { mode: 'Incremental', template: body, parameters: given } },
    { apiVersion },
  );
}

function get(emulator: Emulator, path = deployment): Promise<Answer> {
  return call(emulator, 'GET', path, undefined, { apiVersion });
}

const rule: JsonObject = {
  type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules',
  apiVersion: '2025-10-01-preview',
  name: "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/rule-1')]",
  ...scheduledRule({ query: '[[T | where a == b[0]' }),
};

behaviour('deployment-of-content', async () => {
  const deployed = createTestEmulator();
  expect((await put(deployed, template([rule]))).status).toBe(201);
  const written = createTestEmulator();
  await call(written, 'PUT', `${alertRulesPath}/rule-1`, scheduledRule({ query: '[T | where a == b[0]' }));
  const answers = await Promise.all(
    [deployed, written].map((emulator) => call(emulator, 'GET', `${alertRulesPath}/rule-1`)),
  );
  expect(answers[0]?.text).toBe(answers[1]?.text);
  expect(answers[0]?.status).toBe(200);
});

behaviour('deployment-forms', async () => {
  const emulator = createTestEmulator();
  const scope = "[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))]";
  const metadata = {
    type: 'Microsoft.SecurityInsights/metadata',
    apiVersion: '2025-09-01',
    name: 'meta-1',
    properties: {
      kind: 'AnalyticsRule',
      parentId: `[extensionResourceId(resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace')), 'Microsoft.SecurityInsights/alertRules', 'rule-1')]`,
    },
  };
  const hunt = {
    type: 'Microsoft.OperationalInsights/workspaces/savedSearches',
    apiVersion: '2020-08-01',
    name: "[format('{0}/{1}', parameters('workspace'), variables('hunt'))]",
    properties: { category: 'Hunting Queries', displayName: 'H', query: 'T' },
  };
  const short = {
    ...metadata,
    name: 'meta-2',
    scope: `Microsoft.OperationalInsights/workspaces/${address.workspace}`,
  };
  const skipped = {
    ...metadata,
    name: 'meta-3',
    scope,
    condition: "[equals(parameters('workspace'), 'other')]",
  };
  const body = template(
    { a: { ...metadata, scope }, b: hunt, c: short, d: skipped },
    { variables: { hunt: 'hunt-1' } },
  );
  expect((await put(emulator, body)).status).toBe(201);
  const { body: list } = await call(emulator, 'GET', metadataPath);
  expect(list['value']).toMatchObject([
    { name: 'meta-1', properties: { parentId: `${workspacePath}${alertRulesPath}/rule-1` } },
    { name: 'meta-2' },
  ]);
  expect(
    (await call(emulator, 'GET', '/savedSearches/hunt-1', undefined, { apiVersion: '2020-08-01' })).status,
  ).toBe(200);
});

behaviour('deployment-long-running', async () => {
  const emulator = createTestEmulator();
  expect((await get(emulator)).status).toBe(404);
  const accepted = await put(emulator, template([rule]));
  expect(accepted.body['properties']).toMatchObject({ provisioningState: 'Accepted', mode: 'Incremental' });
  const status = new URL(accepted.headers['azure-asyncoperation'] ?? '');
  expect((await get(emulator, status.pathname)).body).toEqual({ status: 'Succeeded' });
  expect((await get(emulator)).body['properties']).toMatchObject({
    provisioningState: 'Succeeded',
    outputResources: [{ id: `${workspacePath}${alertRulesPath}/rule-1` }],
  });
  const operations = await get(emulator, `${group}/deployments/d1/operations`);
  expect(operations.body['value']).toMatchObject([
    { properties: { provisioningState: 'Succeeded', statusCode: '201' } },
  ]);
  expect((await put(emulator, template([rule]))).status).toBe(200);
  expect((await get(emulator, status.pathname)).status).toBe(404);
  expect((await call(emulator, 'DELETE', deployment, undefined, { apiVersion })).status).toBe(204);
  expect((await get(emulator, `${deployment}/operations`)).status).toBe(404);
});

behaviour('deployment-order', async () => {
  const emulator = createTestEmulator();
  const named = (name: string, ...dependsOn: readonly string[]): JsonObject => ({
    ...rule,
    name: `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/${name}')]`,
    dependsOn,
  });
  const idOfA =
    "[extensionResourceId(resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace')), 'Microsoft.SecurityInsights/alertRules', 'a')]";
  await put(emulator, template([named('c', 'b'), named('b', idOfA), named('a')]));
  const { body } = await call(emulator, 'GET', alertRulesPath);
  expect((body['value'] as { name: string }[]).map(({ name }) => name)).toEqual([
    'BuiltInFusion',
    'a',
    'b',
    'c',
  ]);
  const circle = await put(emulator, template([named('x', 'y'), named('y', 'x')]));
  expect(errorOf(circle).message).toContain('in a circle');
});

behaviour('deployment-failure', async () => {
  const emulator = createTestEmulator();
  const bad = { ...rule, name: `${address.workspace}/Microsoft.SecurityInsights/bad`, properties: {} };
  const after = {
    ...rule,
    name: `${address.workspace}/Microsoft.SecurityInsights/after`,
    dependsOn: ['bad'],
  };
  const accepted = await put(emulator, template([bad, rule, after]));
  expect(accepted.status).toBe(201);
  const status = new URL(accepted.headers['azure-asyncoperation'] ?? '');
  const { body } = await get(emulator, status.pathname);
  expect(body).toMatchObject({
    status: 'Failed',
    error: {
      code: 'DeploymentFailed',
      details: [{ code: 'BadRequest', message: expect.stringContaining('Invalid data model') as string }],
    },
  });
  expect((await get(emulator)).body['properties']).toMatchObject({ provisioningState: 'Failed' });
  expect((await call(emulator, 'GET', `${alertRulesPath}/rule-1`)).status).toBe(200);
  expect((await call(emulator, 'GET', `${alertRulesPath}/after`)).status).toBe(404);
});

const invalid: readonly (readonly [string, JsonObject, JsonObject?])[] = [
  ["the value for the template parameter 'workspace' is not provided", template([rule]), {}],
  ["the template has no parameter 'extra'", template([rule]), { ...parameters, extra: { value: 1 } }],
  ["the template has no 'resources'", template('none')],
  ["the template has no 'contentVersion'", { resources: [] }],
  ["a resource has no 'apiVersion'", template([{ ...rule, apiVersion: null }])],
  ["does not know 'copy'", template([{ ...rule, copy: {} }])],
  ["does not know 'resources'", template([{ ...rule, resources: [] }])],
  ["the template function 'uniqueString' is not known", template([{ ...rule, name: "[uniqueString('x')]" }])],
  ['exceeds the limit of', template(Array.from({ length: 801 }, () => rule))],
];

behaviour('deployment-invalid', async () => {
  const emulator = createTestEmulator();
  const before = emulator.exportState();
  for (const [message, body, given] of invalid) {
    const answer = await put(emulator, body, given);
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'InvalidTemplate']);
    expect(errorOf(answer).message).toContain(message);
  }
  const complete = await call(
    emulator,
    'PUT',
    deployment,
    { properties: { mode: 'Complete', template: template([]), parameters } },
    { apiVersion },
  );
  expect(complete.status).toBe(400);
  expect((await call(emulator, 'PUT', deployment, { properties: {} }, { apiVersion })).status).toBe(400);
  const validate = `${deployment}/validate`;
  const checked = (body: JsonObject): Promise<Answer> =>
    call(emulator, 'POST', validate, { properties: { template: body, parameters } }, { apiVersion });
  expect((await checked(template([{ ...rule, copy: {} }]))).status).toBe(400);
  expect((await checked(template([rule]))).status).toBe(200);
  expect(emulator.exportState()).toEqual(before);
});

const scope: TemplateScope = {
  subscriptionId: 's',
  resourceGroup: 'rg',
  parameter: (name) => ({ text: 'Value', list: ['a', 'b'], object: { key: [{ deep: 1 }] } })[name] ?? null,
  variable: (name) => `v-${name}`,
};

const expressions: readonly (readonly [string, JsonValue])[] = [
  ['plain', 'plain'],
  ['[[escaped]', '[escaped]'],
  ['[not an expression', '[not an expression'],
  ['[[not an escape', '[[not an escape'],
  ["['it''s']", "it's"],
  ["[parameters('text')]", 'Value'],
  ["[ concat( 'a' , parameters('text'), variables('x') , 1 ) ]", 'aValuev-x1'],
  ["[concat(parameters('list'), createArray('c'))]", ['a', 'b', 'c']],
  ["[parameters('list')[1]]", 'b'],
  ["[parameters('object').key[0].deep]", 1],
  ["[parameters('object')['key'][0]['deep']]", 1],
  ["[toLower(toUpper('aB'))]", 'ab'],
  ["[format('{1}-{0}', 'a', 2)]", '2-a'],
  ["[if(equals(1, 1), 'yes', 'no')]", 'yes'],
  ['[if(and(true(), not(false())), or(false(), true()), null())]', true],
  ["[coalesce(null(), 'x')]", 'x'],
  ["[replace('a-b-c', '-', '/')]", 'a/b/c'],
  ["[split('a,b', ',')[1]]", 'b'],
  ['[string(5)]', '5'],
  ["[int('5')]", 5],
  ['[subscription().subscriptionId]', 's'],
  ['[resourceGroup().id]', '/subscriptions/s/resourceGroups/rg'],
  ["[resourceId('N.S/t', 'x')]", '/subscriptions/s/resourceGroups/rg/providers/N.S/t/x'],
  [
    "[resourceId('other', 'N.S/t/u', 'x', 'y')]",
    '/subscriptions/s/resourceGroups/other/providers/N.S/t/x/u/y',
  ],
  ["[resourceId('sub', 'other', 'N.S/t', 'x')]", '/subscriptions/sub/resourceGroups/other/providers/N.S/t/x'],
];

test.each(expressions)('the value of %s is %j', (text, value) => {
  expect(evaluateText(text, scope)).toEqual(value);
});

test.each([
  ['[]', 'a value is expected'],
  ['[concat(]', 'a value is expected'],
  ["[concat('a' 'b')]", "',' or ')' is expected"],
  ['[name]', "'(' is expected after 'name'"],
  ["['a' 'b']", "''b'' is left over"],
  ["[parameters('list')[9]]", "there is no '9'"],
  ["[parameters('text').x]", "there is no 'x'"],
  ["[parameters('list')[0]", "']' is expected"],
  ['[reference()]', "the template function 'reference' is not known"],
])('%s is wrong: %s', (text, reason) => {
  const evaluate = (): JsonValue => evaluateText(text, scope);
  expect(evaluate).toThrow(TemplateError);
  expect(evaluate).toThrow(reason);
});
