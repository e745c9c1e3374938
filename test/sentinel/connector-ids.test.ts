import { connectorIds, isKnownConnectorId } from '../../src/sentinel/connector-ids.ts';

test('known connectors are told from others, case included', () => {
  expect(isKnownConnectorId('AzureActiveDirectory')).toBe(true);
  expect(isKnownConnectorId('azureactivedirectory')).toBe(false);
  expect(isKnownConnectorId('')).toBe(false);
});

test('the list has no id twice and none with blanks at its ends', () => {
  const ids = [...connectorIds()];
  expect(ids.length).toBeGreaterThan(250);
  expect(ids.filter((id) => id.trim() !== id || id === '')).toEqual([]);
});
