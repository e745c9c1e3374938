/** @jest-environment ./test/support/kusto-environment.js */
import { bindQuery } from '../../src/kql/bind-query.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';

const schema = await loadBuiltinSchema();

function findings(query: string): string[] {
  return bindQuery(query, schema).diagnostics.map(({ code, severity }) => `${code} ${severity}`);
}

describe('what the parser reports wrongly is left out', () => {
  test.each([
    [
      'a column given to FileProfile by name',
      'DeviceFileEvents | invoke FileProfile(SHA1, 500) | where GlobalPrevalence < 9',
    ],
    [
      'a column given to FileProfile as a string',
      'DeviceFileEvents | invoke FileProfile("SHA1") | project Signer, FileName',
    ],
    [
      'a member of what column_ifexists may give',
      'SigninLogs | extend Details = column_ifexists("LocationDetails", "") | extend City = Details.city',
    ],
    [
      'a member of what was made of it',
      'SigninLogs | extend D = columnifexists("LocationDetails", "") | extend E = iff(isempty(D), D, D) | project E.city',
    ],
    [
      'todynamic of a dynamic value',
      'SecurityEvent | summarize s = make_set(Account) | project todynamic(s)',
    ],
  ])('%s', (_, query) => {
    expect(findings(query)).toEqual([]);
  });

  test('columns after a plugin whose input is open', () => {
    const query =
      'Unheard_CL | evaluate ipv4_lookup((datatable(Range: string)["10.0.0.0/8"]), IPAddress, Range) | project IPAddress';
    expect(findings(query)).toEqual(['kql/unknown-table error']);
  });
});

describe('what the service tolerates is a warning', () => {
  test.each([
    ['SecurityEvent | summarize count(Account)', 'kql/count-argument warning'],
    ['SecurityEvent | project-away Nothing*', 'kql/wildcard-without-match warning'],
  ])('%s', (query, expected) => {
    expect(new Set(findings(query))).toEqual(new Set([expected]));
  });
});

describe('the like of it that is a mistake stays an error', () => {
  test.each([
    [
      'a column that the input of FileProfile lacks',
      'SecurityEvent | invoke FileProfile(SHA1)',
      'kql/unknown-column error',
    ],
    ['a member of a string', 'SigninLogs | project Identity.city', 'kql/unknown-column error'],
    ['a number given to todynamic', 'print todynamic(1)', 'kql/type-mismatch error'],
    ['a number given to countif', 'SecurityEvent | summarize countif(EventID)', 'kql/type-mismatch error'],
    [
      'a column after a plugin whose input is closed',
      'SigninLogs | project IPAddress | evaluate ipv4_lookup((datatable(Range: string)["10.0.0.0/8"]), IPAddress, Range) | project Nope',
      'kql/unknown-column error',
    ],
  ])('%s', (_, query, expected) => {
    expect(findings(query)).toEqual([expected]);
  });
});
