/** @jest-environment ./test/support/kusto-environment.js */
import { everyTableRead } from '../../src/checks/every-table-read.ts';
import { letShadowed } from '../../src/checks/let-shadowed.ts';
import { letUnused } from '../../src/checks/let-unused.ts';
import { parameterUnused } from '../../src/checks/parameter-unused.ts';
import { resultMissing } from '../../src/checks/result-missing.ts';
import { resultRepeated } from '../../src/checks/result-repeated.ts';
import { buildHunting, buildIncidentCreation, buildScheduled } from '../support/build-detection.ts';
import { checkQuery, schemaOf } from '../support/check-query.ts';

test.each([
  ['SigninLogs', []],
  ['let x = 1; print x', []],
  ['let x = 1;', ['the query returns nothing: it only declares names']],
  ['// a comment only', ['the query returns nothing: it only declares names']],
  ['toscalar(SigninLogs | count)', ['the query returns a single value, not rows']],
  ['.show tables', []],
  ['SigninLogs |', []],
])('the result of %j', (query, messages) => {
  expect(checkQuery(resultMissing, buildScheduled({ query }))).toEqual(
    messages.map((message) => `/query (key): ${message}`),
  );
});

test('each result behind the first is found', () => {
  const query = 'SigninLogs;\nlet x = 1;\nAuditLogs | take 1;\nprint x';
  expect(checkQuery(resultRepeated, buildScheduled({ query }))).toEqual([
    'AuditLogs | take 1: the query returns a result before this one',
    'print x: the query returns a result before this one',
  ]);
});

test.each([
  ['union *', '*', 'union'],
  ['union isfuzzy=true withsource=T * | take 1', '*', 'union'],
  ['SigninLogs | union AuditLogs, *', '*', 'union'],
  ['search "x"', 'search "x"', 'search'],
  ['search *', 'search *', 'search'],
  ['find where TenantId == ""', 'find where TenantId == ""', 'find'],
  ['let t = search "x"; t | take 1', 'search "x"', 'search'],
])('%s reads everything', (query, place, operator) => {
  const schema = schemaOf('SigninLogs', 'AuditLogs');
  expect(checkQuery(everyTableRead, buildScheduled({ query }), schema)).toEqual([
    `${place}: this ${operator} reads every table of the workspace`,
  ]);
  expect(checkQuery(everyTableRead, buildHunting({ query }), schema)).toEqual([]);
});

test.each([
  'union SigninLogs, AuditLogs',
  'union Device*',
  'search in (SigninLogs) "x"',
  'SigninLogs | search "x"',
  'find in (SigninLogs, AuditLogs) where TenantId == ""',
  'print n = 2 * 3',
])('%s names what it reads', (query) => {
  expect(checkQuery(everyTableRead, buildScheduled({ query }))).toEqual([]);
});

test.each([
  ['let Location = "XX"; SigninLogs | where Location == Location', ['Location'], []],
  ['let Location = "XX"; SigninLogs | where IPAddress == ""', [], ['Location']],
  ['let place = "XX"; SigninLogs | where Location == place', [], []],
  ['SigninLogs | where Location == "XX"', [], []],
  ['let f = (x: long) { x }; print f(1)', [], []],
  ['let t = SigninLogs; t', [], []],
  ['let t = SigninLogs; union t, AuditLogs', [], []],
  ['let a = 1; let b = a; print b', [], []],
  ['let a = 1; let b = a; print 1', [], ['b']],
  ['SigninLogs | where Location == "XX"; let Location = 1; print 2', [], ['Location']],
])('of the lets in %j', (query, shadowed, unused) => {
  expect(checkQuery(letShadowed, buildScheduled({ query }))).toEqual(
    shadowed.map((name) => `${name}: a column hides the let "${name}" where it is meant`),
  );
  expect(checkQuery(letUnused, buildScheduled({ query }))).toEqual(
    unused.map((name) => `${name}: the let "${name}" is never used`),
  );
});

test('a parameter is used by the query, also through a let', () => {
  const parameters = ['limit', 'other', 'window'].map(
    (name) => ({ name, type: 'long', default: 1 }) as const,
  );
  const query = 'let start = limit; SigninLogs | take start';
  expect(checkQuery(parameterUnused, buildScheduled({ query, parameters }))).toEqual([
    '/parameters/other (key): the query does not use the parameter "other"',
    '/parameters/window (key): the query does not use the parameter "window"',
  ]);
});

test('a detection without a query has no statements', () => {
  for (const check of [
    everyTableRead,
    letShadowed,
    letUnused,
    parameterUnused,
    resultMissing,
    resultRepeated,
  ]) {
    expect(checkQuery(check, buildIncidentCreation())).toEqual([]);
  }
});
