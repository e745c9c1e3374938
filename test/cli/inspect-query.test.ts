/** @jest-environment ./test/support/kusto-environment.js */
import { createQueryInspector } from '../../src/cli/inspect-query.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';

const inspect = createQueryInspector(await loadBuiltinSchema());
const has =
  (...tables: readonly string[]) =>
  (table: string): boolean =>
    tables.includes(table);

test('a query is not bound where every table that it might name is there', () => {
  expect(inspect('SigninLogs | where Location == "SecurityEvent_"', has('SigninLogs'))).toBeUndefined();
});

test.each([
  ['a table that is named', 'SecurityEvent | take 1', ['SecurityEvent']],
  ['a custom log that no schema has', 'Okta_CL | where x == 1', ['Okta_CL']],
  [
    'a table behind a let',
    'let t = SecurityEvent; SigninLogs | join t on TenantId',
    ['SecurityEvent', 'SigninLogs'],
  ],
  ['no table but a word of a text', 'SigninLogs | where AppDisplayName == "SecurityEvent"', ['SigninLogs']],
])('%s is told where it may be missing', (_, query, tables) => {
  expect(inspect(query, has('SigninLogs'))).toMatchObject({ tables, isFuzzy: false });
});

test('watchlists and fuzzy unions are told', () => {
  const query =
    'union isfuzzy=true SigninLogs, SecurityEvent | join _GetWatchlist("VIPs") on $left.TenantId == $right.SearchKey';
  expect(inspect(query, has())).toMatchObject({ watchlists: ['VIPs'], isFuzzy: true });
});
