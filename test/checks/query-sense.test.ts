/** @jest-environment ./test/support/kusto-environment.js */
import { caseFolding } from '../../src/checks/case-folding.ts';
import { comparisonOfTypes } from '../../src/checks/comparison-of-types.ts';
import { containsWord } from '../../src/checks/contains-word.ts';
import { datetimeImpossible } from '../../src/checks/datetime-impossible.ts';
import { entitiesMissing } from '../../src/checks/entities-missing.ts';
import { expansionUnbounded } from '../../src/checks/expansion-unbounded.ts';
import { functionDeprecated } from '../../src/checks/function-deprecated.ts';
import { joinKindMissing } from '../../src/checks/join-kind-missing.ts';
import { queryCost } from '../../src/checks/query-cost.ts';
import { regexForText } from '../../src/checks/regex-for-text.ts';
import { regexInvalid } from '../../src/checks/regex-invalid.ts';
import { setUnbounded } from '../../src/checks/set-unbounded.ts';
import { runChecks } from '../../src/checks/run-checks.ts';
import type { Check } from '../../src/checks/check.ts';
import { buildHunting, buildLoaded, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { checkQuery, subjectOf } from '../support/check-query.ts';

/** What a check finds in a scheduled detection with this query. */
function find(check: Check, query: string): string[] {
  return checkQuery(check, buildScheduled({ query }));
}

/** What a check finds in a condition on the security events of Windows. */
function findWhere(check: Check, condition: string): string[] {
  return find(check, `SecurityEvent | where ${condition}`);
}

test.each([
  ['EventID == "4624"', '"4624": column EventID is a number, but "4624" is a text'],
  ["EventID != '4624'", "'4624': column EventID is a number, but '4624' is a text"],
  ['EventID in ("4624", "4625")', '"4624": column EventID is a number, but "4624" is a text'],
  ['EventID !in ("4624")', '"4624": column EventID is a number, but "4624" is a text'],
  ['Level == 8', '8: column Level is a text, but 8 is a number'],
  ['Account == true', 'true: column Account is a text, but true is a truth value'],
  ['EventID == 1d', '1d: column EventID is a number, but 1d is a length of time'],
])('types differ in: %s', (condition, finding) => {
  expect(findWhere(comparisonOfTypes, condition)).toEqual([finding]);
});

test.each([
  'EventID == 4624',
  'EventID == 4624.0',
  'EventID in (4624, 4625)',
  'Account == "a"',
  'tostring(EventID) == "4624"',
  'EventID == toint("4624")',
  'EventID in (dynamic(["4624"]))',
])('types do not differ in: %s', (condition) => {
  expect(findWhere(comparisonOfTypes, condition)).toEqual([]);
});

test('a column of which the type is not known compares with anything', () => {
  expect(find(comparisonOfTypes, 'Contoso_CL | where Code == "1" or Code == 1')).toEqual([]);
  expect(find(comparisonOfTypes, 'AuditLogs | where InitiatedBy == "a"')).toEqual([]);
});

test.each([
  ['datetime(2024-02-30)', true],
  ['datetime(2023-02-29)', true],
  ['datetime(2024-13-01)', true],
  ['datetime(2024-00-10)', true],
  ['datetime(2024-01-00)', true],
  ['datetime(2024-01-01 24:00)', true],
  ['datetime(2024-01-01T10:60:00Z)', true],
  ['datetime("2024-01-01 10:00:61")', true],
  ['datetime(2024-02-29)', false],
  ['datetime(2024-1-5)', false],
  ['datetime(2024-01-01T23:59:59.9999999Z)', false],
  ['datetime(null)', false],
  ['datetime(31 Dec 2024)', false],
  ['datetime(2024)', false],
])('%s is impossible: %s', (literal, isImpossible) => {
  expect(findWhere(datetimeImpossible, `TimeGenerated > ${literal}`)).toEqual(
    isImpossible ? [`${literal}: there is no such date and time as ${literal}`] : [],
  );
});

test.each([
  ['where Account matches regex "("', '"("'],
  ['let p = "("; SecurityEvent | where Account matches regex p', 'p'],
  ['extend a = extract("(", 1, Account)', '"("'],
  ['extend a = extract_all(@"(a", Account)', '@"(a"'],
  ['extend a = replace_regex(Account, "[", "x")', '"["'],
  ['extend a = trim("*", Account)', '"*"'],
])('a regular expression that cannot run: %s', (text, place) => {
  const query = text.startsWith('let') ? text : `SecurityEvent | ${text}`;
  expect(find(regexInvalid, query)).toEqual([
    expect.stringMatching(/^.+: the regular expression ".*" cannot run: /),
  ]);
  expect(find(regexInvalid, query)[0]?.startsWith(`${place}: `)).toBe(true);
});

test.each([
  'SecurityEvent | where Account matches regex @"^\\d+$"',
  'SecurityEvent | extend a = replace_string(Account, "(", "x")',
  'SecurityEvent | extend a = split(Account, "(")',
  'SecurityEvent | where Account matches regex strcat("(", Computer)',
])('a regular expression that can run, or none: %s', (query) => {
  expect(find(regexInvalid, query)).toEqual([]);
});

test.each([
  ['Account contains "admin"', 'contains "admin": the operator contains reads every text for "admin"'],
  ['Account !contains "admin"', '!contains "admin": the operator !contains reads every text for "admin"'],
  [
    'Account contains_cs "Admin"',
    'contains_cs "Admin": the operator contains_cs reads every text for "Admin"',
  ],
])('an index would serve: %s', (condition, finding) => {
  expect(findWhere(containsWord, condition)).toEqual([finding]);
});

test.each([
  'Account contains "@"',
  'Account contains "adm"',
  'Account contains "a.exe"',
  'Account has "admin"',
  'Account contains Computer',
])('an index would not serve: %s', (condition) => {
  expect(findWhere(containsWord, condition)).toEqual([]);
});

test.each([
  ['Level =~ "8"', '"8": no letter in "8" could differ in case'],
  ['Level !~ "8"', '"8": no letter in "8" could differ in case'],
  ['tolower(Account) == "admin"', 'tolower(Account): tolower() is worked out for every record'],
  ['tolower(Account) == "Admin"', 'tolower(Account): tolower() never gives "Admin"'],
  ['toupper(Account) in ("ADMIN", "root")', 'toupper(Account): toupper() never gives "root"'],
  ['tolower(Account) !in ("admin")', 'tolower(Account): tolower() is worked out for every record'],
])('case is folded for nothing: %s', (condition, finding) => {
  expect(findWhere(caseFolding, condition)).toEqual([finding]);
});

test.each([
  'Level == "8"',
  'Account =~ "admin"',
  'Account =~ "é"',
  'Account =~ Computer',
  'tolower(Account) == tolower(Computer)',
  'tolower(Account) in (dynamic(["admin"]))',
  'tolower(Account) startswith "admin"',
  'trim(" ", Account) == "admin"',
])('case is folded for a reason: %s', (condition) => {
  expect(findWhere(caseFolding, condition)).toEqual([]);
});

test.each([
  ['"admin"', 'contains_cs "admin"'],
  ['"(?i)admin"', 'contains "admin"'],
  ['"^admin"', 'startswith_cs "admin"'],
  ['"(?i)admin$"', 'endswith "admin"'],
  ['"^admin$"', '== "admin"'],
  ['"(?i)^admin$"', '=~ "admin"'],
  [String.raw`@"\.exe$"`, 'endswith_cs ".exe"'],
])('the regular expression %s is a text', (pattern, replacement) => {
  const query = `SecurityEvent | where Account matches regex ${pattern}`;
  const found = runChecks(subjectOf(buildLoaded(buildScheduled({ query }))), [regexForText]);
  expect(found.map(({ hint }) => hint)).toEqual([`use ${replacement}`]);
});

test.each(['"adm.n"', '"(admin)"', '"a|b"', '"admin+"', String.raw`@"\d"`, '"[a]"', '""', 'Computer'])(
  'the regular expression %s is more than a text',
  (pattern) => {
    expect(findWhere(regexForText, `Account matches regex ${pattern}`)).toEqual([]);
  },
);

test('a join without a kind is found at its keyword', () => {
  const query =
    'SecurityEvent | join (SigninLogs) on TenantId | join hint.strategy=broadcast kind=inner (AuditLogs) on TenantId';
  expect(find(joinKindMissing, query)).toEqual([
    'join: this join keeps one row of those on the left that have the same key',
  ]);
});

test('deprecated functions are found at their names', () => {
  const query = 'SecurityEvent | summarize makeset(Account), any(EventID), make_list(Level) by Computer';
  expect(find(functionDeprecated, query)).toEqual([
    'makeset: makeset() is deprecated',
    'any: any() is deprecated',
  ]);
});

test.each([
  ['make_set(Account)', 1],
  ['make_set(Account, 100)', 0],
  ['make_list(Account)', 1],
  ['make_bag(parse_json(EventData))', 1],
  ['make_set_if(Account, EventID == 1)', 1],
  ['make_set_if(Account, EventID == 1, 100)', 0],
  ['count()', 0],
])('a set without a maximum: %s', (aggregate, count) => {
  const query = `SecurityEvent | summarize ${aggregate} by Computer`;
  expect(find(setUnbounded, query)).toHaveLength(count);
  expect(checkQuery(setUnbounded, buildHunting({ query }))).toEqual([]);
});

test.each([
  ['', 1],
  [' limit 10', 0],
  [' | where tostring(x) == "a"', 0],
  [' | extend y = x | summarize count() by tostring(y)', 0],
  [' | extend y = x', 1],
  [' | mv-expand z = x', 2],
])('rows of mv-expand%s', (rest, count) => {
  expect(find(expansionUnbounded, `AuditLogs | mv-expand x = TargetResources${rest}`)).toHaveLength(count);
});

test('rows that are reduced around a subquery are reduced', () => {
  const query =
    'SigninLogs | join kind=inner (AuditLogs | mv-expand x = TargetResources) on CorrelationId | summarize count()';
  expect(find(expansionUnbounded, query)).toEqual([]);
});

test('the cost names what it is made of', () => {
  const join = '| join kind=inner (AuditLogs) on CorrelationId ';
  expect(find(queryCost, `SigninLogs ${join.repeat(11)}`)).toEqual([]);
  expect(find(queryCost, `SigninLogs ${join.repeat(12)}`)).toEqual([
    '/query (key): the query costs 62 points; from 60 on it is expensive',
  ]);
});

const withoutEntities = { entityMappings: [], query: 'SigninLogs' } as const;

test.each([
  ['GreaterThan', 0, 1],
  ['GreaterThan', 10, 1],
  ['NotEqual', 0, 1],
  ['Equal', 1, 1],
  ['Equal', 0, 0],
  ['LessThan', 3, 0],
] as const)('a detection on results %s %d without entities', (triggerOperator, triggerThreshold, count) => {
  const detection = buildScheduled({ ...withoutEntities, triggerOperator, triggerThreshold });
  expect(checkQuery(entitiesMissing, detection)).toHaveLength(count);
});

test('entities may come whole from a column, and a hunting query needs none', () => {
  expect(checkQuery(entitiesMissing, buildNrt(withoutEntities))).toHaveLength(1);
  const whole = buildNrt({ ...withoutEntities, sentinelEntitiesMappings: [{ columnName: 'Entities' }] });
  expect(checkQuery(entitiesMissing, whole)).toEqual([]);
  expect(checkQuery(entitiesMissing, buildHunting(withoutEntities))).toEqual([]);
});
