import { compileDetection } from '../../src/compile/compile-detection.ts';
import type { HuntingQuery } from '../../src/detection/detection.ts';
import type { SavedSearch } from '../../src/sentinel/resource.ts';
import { buildHunting, buildLoaded } from '../support/build-detection.ts';
import { buildEnvironment } from '../support/build-environment.ts';

function compile(overrides: Partial<HuntingQuery>): SavedSearch['properties'] {
  const loaded = buildLoaded(buildHunting(overrides));
  const { resource, diagnostics } = compileDetection(loaded, buildEnvironment({ apiVersion: '2025-09-01' }));
  expect(diagnostics).toEqual([]);
  expect(resource?.kind).toBe('savedSearch');
  return (resource?.body as SavedSearch).properties;
}

test('a hunting query becomes a saved search of the category that the hunting page lists', () => {
  expect(
    compile({
      tactics: ['Persistence', 'CommandAndControl'],
      techniques: ['T1021.001', 'T1078'],
      entityMappings: [],
    }),
  ).toEqual({
    category: 'Hunting Queries',
    displayName: 'Sign-in from a blocked country',
    query: 'SigninLogs\n| where ResultType == "0"\n',
    version: 2,
    tags: [
      {
        name: 'description',
        value: 'Identifies successful sign-ins from countries that the company does not work in.',
      },
      { name: 'tactics', value: 'Persistence,CommandAndControl' },
      { name: 'techniques', value: 'T1021,T1078' },
      { name: 'subTechniques', value: 'T1021.001' },
    ],
  });
});

test('a tag that would be empty is left out', () => {
  expect(compile({ description: '', tactics: [], techniques: [] }).tags).toEqual([]);
});

test('entity mappings become columns at the end of the query, numbered within their type', () => {
  const { query } = compile({
    query: 'let a = 1;\nSigninLogs;\n',
    entityMappings: [
      {
        entityType: 'Account',
        fieldMappings: [
          { identifier: 'Name', columnName: 'Name' },
          { identifier: 'UPNSuffix', columnName: 'Suffix' },
        ],
      },
      { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'IPAddress' }] },
      { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'Caller' }] },
    ],
  });
  expect(query).toBe(
    'let a = 1;\nSigninLogs\n' +
      '| extend Account_0_Name = Name\n' +
      '| extend Account_0_UPNSuffix = Suffix\n' +
      '| extend IP_0_Address = IPAddress\n' +
      '| extend Account_1_FullName = Caller;\n',
  );
});

test('an entity column that the author wrote is not written again', () => {
  const { query } = compile({
    query:
      'SigninLogs\n|extend Account_0_Name=Name\n// | extend Account_0_UPNSuffix = Suffix\n| sort by Name',
    entityMappings: [
      {
        entityType: 'Account',
        fieldMappings: [
          { identifier: 'Name', columnName: 'Name' },
          { identifier: 'UPNSuffix', columnName: 'Suffix' },
        ],
      },
    ],
  });
  expect(query).toBe(
    'SigninLogs\n|extend Account_0_Name=Name\n// | extend Account_0_UPNSuffix = Suffix\n| sort by Name\n' +
      '| extend Account_0_UPNSuffix = Suffix',
  );
});

test('a mapping that cannot be a column is left out, for it would break the query', () => {
  const { query } = compile({
    query: 'SigninLogs',
    entityMappings: [
      {
        entityType: 'Account',
        fieldMappings: [
          { identifier: 'Full Name', columnName: 'Name' },
          { identifier: 'Name', columnName: 'Location; print 1' },
          { identifier: 'Sid', columnName: 'Sid' },
        ],
      },
    ],
  });
  expect(query).toBe('SigninLogs\n| extend Account_0_Sid = Sid');
});

test('parameters stand in front of the query', () => {
  const { query } = compile({
    query: 'SigninLogs | where TimeGenerated > ago(window)',
    parameters: [{ name: 'window', type: 'timespan', default: 'P14D' }],
    entityMappings: [],
  });
  expect(query).toBe('let window = 14d;\nSigninLogs | where TimeGenerated > ago(window)');
});
