/** @jest-environment ./test/support/kusto-environment.js */
import { analyseQuery } from '../../src/kql/bind-query.ts';
import { findParameterCollisions, type ParameterCollision } from '../../src/kql/find-parameter-collisions.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';

const schema = await loadBuiltinSchema();

/** Finds collisions in a query with the parameters in front of it, as validation declares them. */
function findIn(query: string, names: readonly string[]): readonly ParameterCollision[] {
  const prefix = names
    .filter((name) => !schema.tables.has(name) && !schema.functions.has(name))
    .map((name) => `let [${JSON.stringify(name)}] = dynamic(null);`)
    .join('');
  const { tree } = analyseQuery(query, schema, prefix);
  return tree === undefined ? [] : findParameterCollisions(tree, names);
}

/** `kind «place» detail` of the collision of one name. */
function collisionOf(query: string, name: string): string | undefined {
  const [found] = findIn(query, [name]);
  return found && `${found.kind} «${query.slice(found.start, found.start + found.length)}» ${found.detail}`;
}

test.each([
  ['SecurityEvent | where EventID == 1', 'EventID', 'column «EventID» a column that is in scope here'],
  ['SecurityEvent | where EventID == 1', 'Computer', 'column «SecurityEvent» a column of SecurityEvent'],
  ['imDns | take 1', 'DnsQuery', 'column «imDns» a column of imDns'],
  ['_GetWatchlist("vip") | take 1', 'SearchKey', 'column «_GetWatchlist("vip")» a column of _GetWatchlist'],
  [
    'union withsource=Origin Device* | take 1',
    'Origin',
    'column «union withsource=Origin Device*» a column of these rows',
  ],
  ['union Device* | take 1', 'DeviceName', 'column «union Device*» a column of these rows'],
  ['search "x"', 'Account', 'column «search "x"» a column of these rows'],
  ['range step from 1 to 9 step 1', 'step', 'column «range step from 1 to 9 step 1» a column of these rows'],
  ['datatable(limit: long)[1]', 'limit', 'column «limit» a column that the query defines'],
  ['SecurityEvent | extend limit = 1', 'limit', 'column «limit» a column that the query defines'],
  ['SecurityEvent | summarize limit = count()', 'limit', 'column «limit» a column that the query defines'],
  [
    'SecurityEvent | parse Activity with * "x" limit: long',
    'limit',
    'column «limit» a column that the query defines',
  ],
  [
    'SecurityEvent | summarize count() | where count_ > 1',
    'count_',
    'column «count_» a column that is in scope here',
  ],
  [
    'SecurityEvent | join (SigninLogs) on $left.Account == $right.Identity',
    'Identity',
    'column «Identity» a column that is in scope here',
  ],
  ['let limit = 3; SecurityEvent | where EventID > limit', 'limit', 'let «limit» a "let" of the query'],
  ['let f = () { let limit = 3; print limit }; f()', 'limit', 'let «limit» a "let" of the query'],
  [
    'let f = (limit: long) { print limit }; f(1)',
    'limit',
    'let «limit» a parameter of a function in the query',
  ],
  ['SecurityEvent | as limit; limit | take 1', 'limit', 'let «limit» a name that the query gives with "as"'],
  [
    'SecurityEvent | take 1',
    'SecurityEvent',
    'function-or-table «SecurityEvent» a table or function that the query uses',
  ],
  ['imDns | take 1', 'imDns', 'function-or-table «imDns» a table or function that the query uses'],
])('%s collides with the parameter %s', (query, name, expected) => {
  expect(collisionOf(query, name)).toBe(expected);
});

test.each([
  ['SecurityEvent | where EventID > limit', 'limit'],
  ['SecurityEvent | where EventID == 1', 'eventid'],
  ['SecurityEvent | project TimeGenerated, limit', 'limit'],
  ['Unheard_CL | where Value > limit', 'limit'],
  ['SecurityEvent | where TimeGenerated > ago(1h)', 'ago'],
  ['SecurityEvent | summarize count()', 'count'],
  ['SecurityEvent | take 1', 'SigninLogs'],
  ['SecurityEvent | join kind=inner (SigninLogs) on $left.Account == $right.Identity', 'kind'],
  ['SecurityEvent | take 1', "it's"],
  ['SecurityEvent | where', 'limit'],
  ['', 'limit'],
  ['.show tables', 'limit'],
])('%s does not collide with the parameter %s', (query, name) => {
  expect(collisionOf(query, name)).toBeUndefined();
});

test('a keyword as a name does not hide the collisions of other names', () => {
  const query = 'SecurityEvent | where EventID == 1';
  expect(findIn(query, ['where', 'EventID']).map(({ name }) => name)).toEqual(['EventID']);
});

test('every parameter is reported once, in the order of the names', () => {
  const query = 'let limit = 1; SecurityEvent | where EventID > limit and EventID < 9';
  const found = findIn(query, ['SecurityEvent', 'EventID', 'free', 'limit']);
  expect(found.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'SecurityEvent function-or-table',
    'EventID column',
    'limit let',
  ]);
});

test('without parameters nothing is found', () => {
  expect(findIn('SecurityEvent', [])).toEqual([]);
});
