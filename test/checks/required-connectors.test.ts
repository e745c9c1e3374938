/** @jest-environment ./test/support/kusto-environment.js */
import { connectorUnneeded } from '../../src/checks/connector-unneeded.ts';
import { tableUnsupplied } from '../../src/checks/table-unsupplied.ts';
import type { ConnectorRequirement } from '../../src/detection/detection.ts';
import { buildScheduled } from '../support/build-detection.ts';
import { checkQuery } from '../support/check-query.ts';

/** Connectors from `id: table, table`. */
function connectors(...lines: readonly string[]): readonly ConnectorRequirement[] {
  return lines.map((line) => {
    const [connectorId = '', tables = ''] = line.split(': ');
    return { connectorId, dataTypes: tables.split(', ') };
  });
}

const entra = 'AzureActiveDirectory: SigninLogs';

test.each([
  ['SigninLogs', [entra], []],
  ['union SigninLogs, AuditLogs', [entra], ['AuditLogs']],
  ['union AuditLogs, SigninLogs, AuditLogs', [entra], ['AuditLogs']],
  ['let t = AuditLogs; t | union SigninLogs', [entra], ['AuditLogs']],
  ['SigninLogs', ['AzureActiveDirectory: SignInLogs'], []],
  ['SecurityEvent', ['SecurityEvents: SecurityEvents'], []],
  ['SecurityAlert | union SigninLogs', [entra], []],
  ['CommonSecurityLog', ['PaloAltoNetworks: CommonSecurityLog (PaloAlto)'], []],
  ['Contoso_CL', [entra], []],
  ['AzureDiagnostics', [entra], []],
  ['imDns', [entra], []],
  ['union Device*Events', [entra], []],
  ['AuditLogs', [], []],
])('tables of %s that %j do not supply', (query, lines, tables) => {
  const detection = buildScheduled({ query, requiredDataConnectors: connectors(...lines) });
  expect(checkQuery(tableUnsupplied, detection)).toEqual(
    tables.map((table) => `${table}: no required data connector supplies the table ${table}`),
  );
});

test.each([
  ['SigninLogs', [entra], []],
  ['AuditLogs', [entra], [0]],
  ['SigninLogs', [entra, 'Office365: OfficeActivity'], [1]],
  ['SigninLogs', [entra, 'AzureActiveDirectory: AuditLogs'], []],
  ['SecurityAlert', ['Mdatp: SecurityAlert (MDATP)', 'Aatp: SecurityAlert (AATP)'], []],
  ['Contoso_CL', ['Contoso: Contoso_CL', entra], [1]],
  ['imDns', [entra], []],
  ['union Device*Events', [entra], []],
  ['CiscoISEEvent', ['CiscoISE: Syslog'], []],
])('connectors that %s does not need, of %j', (query, lines, unneeded) => {
  const detection = buildScheduled({ query, requiredDataConnectors: connectors(...lines) });
  expect(checkQuery(connectorUnneeded, detection).map((finding) => finding.split(': ')[0])).toEqual(
    unneeded.map((index) => `/requiredDataConnectors/${index}/connectorId`),
  );
});

test('without a list of connectors nothing can be said', () => {
  const detection = buildScheduled({ query: 'AuditLogs', requiredDataConnectors: [] });
  expect(checkQuery(tableUnsupplied, detection)).toEqual([]);
  expect(checkQuery(connectorUnneeded, detection)).toEqual([]);
});
