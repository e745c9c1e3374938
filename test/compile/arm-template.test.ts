import { buildArmTemplate, buildDetectionTemplate } from '../../src/compile/arm-template.ts';
import { escapeTemplateText } from '../../src/compile/arm-template-text.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { DesiredResource } from '../../src/sentinel/desired-resource.ts';
import {
  buildDesired,
  buildHuntingQuery,
  buildIncidentCreationRule,
  buildNrtRule,
  buildScheduledRule,
} from '../support/build-resources.ts';

const options = { owner: 'contoso-soc', apiVersion: '2025-10-01-preview', workspace: 'law-staging' };

function resourcesOf(...desired: readonly DesiredResource[]): readonly JsonObject[] {
  return buildArmTemplate(desired, options).resources;
}

test('an alert rule is an extension resource of the workspace, written after its metadata', () => {
  const body = buildScheduledRule();
  expect(resourcesOf(buildDesired('r1', body))).toEqual([
    {
      type: 'Microsoft.OperationalInsights/workspaces/providers/metadata',
      apiVersion: '2025-10-01-preview',
      name: "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/kustodian-alertRule-r1')]",
      properties: {
        contentId: 'r1',
        kind: 'AnalyticsRule',
        version: '1.0.0',
        source: { kind: 'SourceRepository', name: 'contoso-soc', sourceId: 'contoso-soc' },
        parentId:
          "[resourceId('Microsoft.OperationalInsights/workspaces/providers/alertRules', parameters('workspace'), 'Microsoft.SecurityInsights', 'r1')]",
      },
    },
    {
      type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules',
      apiVersion: '2025-10-01-preview',
      name: "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/r1')]",
      dependsOn: [
        "[resourceId('Microsoft.OperationalInsights/workspaces/providers/metadata', parameters('workspace'), 'Microsoft.SecurityInsights', 'kustodian-alertRule-r1')]",
      ],
      ...body,
    },
  ]);
});

test('a hunting query is a saved search of the workspace, which a second deployment may overwrite', () => {
  const body = buildHuntingQuery();
  const [metadata, savedSearch] = resourcesOf(buildDesired('h1', body));
  expect(metadata).toMatchObject({
    name: "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/kustodian-savedSearch-h1')]",
    apiVersion: '2025-10-01-preview',
    properties: {
      kind: 'HuntingQuery',
      parentId:
        "[resourceId('Microsoft.OperationalInsights/workspaces/savedSearches', parameters('workspace'), 'h1')]",
    },
  });
  expect(savedSearch).toEqual({
    type: 'Microsoft.OperationalInsights/workspaces/savedSearches',
    apiVersion: '2020-08-01',
    name: "[concat(parameters('workspace'), '/h1')]",
    dependsOn: [expect.stringContaining("'kustodian-savedSearch-h1')]") as string],
    etag: '*',
    ...body,
  });
});

test.each([buildNrtRule(), buildIncidentCreationRule()])('the body of kind $kind is there whole', (body) => {
  expect(resourcesOf(buildDesired('r1', body))[1]).toMatchObject({ ...body });
});

test('the workspace is the only parameter, and can be left out where it is the environment’s own', () => {
  expect(buildArmTemplate([], options)).toEqual({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      workspace: {
        type: 'string',
        defaultValue: 'law-staging',
        metadata: { description: expect.any(String) as string },
      },
    },
    resources: [],
  });
});

test.each([
  ['1.4.12', '1.4.12.0'],
  ['1.4', '1.0.0.0'],
  ['1.4.2-beta', '1.0.0.0'],
  [undefined, '1.0.0.0'],
])('the template of a detection of version %s has the content version %s', (version, expected) => {
  const desired = buildDesired('r1');
  const detection = { id: 'r1', file: 'a.yaml', ...(version === undefined ? {} : { version }) };
  expect(buildDetectionTemplate({ ...desired, detection }, options).contentVersion).toBe(expected);
});

test('a quote in a name does not end the literal of an expression', () => {
  const [, rule] = resourcesOf(buildDesired("o'brien"));
  expect(rule?.['name']).toBe("[concat(parameters('workspace'), '/Microsoft.SecurityInsights/o''brien')]");
});

test('a metadata name that is too long is shortened in the same way as by deploy', () => {
  const [metadata] = resourcesOf(buildDesired('r'.repeat(260)));
  expect(metadata?.['name']).toMatch(
    /^\[concat\(parameters\('workspace'\), '\/Microsoft\.SecurityInsights\/kustodian-alertRule-r+-[0-9a-f]{16}'\)\]$/,
  );
});

test('texts that Azure would evaluate are escaped wherever they stand', () => {
  const body = buildScheduledRule({
    displayName: '[Preview]',
    description: "[parameters('workspace')]",
    query: '[1, 2]',
    customDetails: { Account: '[a]' },
    entityMappings: [
      { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: '[b]' }] },
    ],
  });
  const desired = buildDesired('r1', body, { version: '[1]' });
  const [metadata, rule] = resourcesOf(desired);
  expect(metadata).toMatchObject({ properties: { version: '[[1]' } });
  expect(rule).toMatchObject({
    properties: {
      displayName: '[[Preview]',
      description: "[[parameters('workspace')]",
      query: '[[1, 2]',
      customDetails: { Account: '[[a]' },
      entityMappings: [{ fieldMappings: [{ columnName: '[[b]' }] }],
    },
  });
});

test.each([
  ['[a]', '[[a]'],
  ['[]', '[[]'],
  ['[[a]', '[[[a]'],
  ['[[a]]', '[[[a]]'],
  ['[', '['],
  ['[a] b', '[a] b'],
  ['[[a] b', '[[a] b'],
  ['a [b]', 'a [b]'],
  [' [a]', ' [a]'],
  ['[a]\n', '[a]\n'],
  ['', ''],
])('%j is written as %j', (text, written) => {
  expect(escapeTemplateText(text)).toBe(written);
});

test('values that are no texts stay as they are', () => {
  const value = { a: [1, true, null, { b: '[c]' }], d: undefined };
  expect(escapeTemplateText(value)).toEqual({ a: [1, true, null, { b: '[[c]' }], d: undefined });
});
