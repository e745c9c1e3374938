import { connectorUnknown } from '../../src/checks/connector-unknown.ts';
import { connectorsMissing } from '../../src/checks/connectors-missing.ts';
import { buildHunting, buildIncidentCreation, buildScheduled } from '../support/build-detection.ts';
import { findingsOf, placesOf } from '../support/findings-of.ts';

test('a missing list is found, an empty one is not', () => {
  const { requiredDataConnectors, ...without } = buildHunting();
  expect(requiredDataConnectors).toHaveLength(1);
  expect(placesOf(connectorsMissing, without)).toEqual(['/requiredDataConnectors']);
  expect(placesOf(connectorsMissing, buildScheduled({ requiredDataConnectors: [] }))).toEqual([]);
  expect(placesOf(connectorsMissing, buildIncidentCreation())).toEqual([]);
});

test('an unknown connector suggests the nearest known one', () => {
  const requiredDataConnectors = ['Office365', 'SecurityEvent', 'OurOwnConnectorForThePlant'].map(
    (connectorId) => ({ connectorId, dataTypes: [] }),
  );
  expect(findingsOf(connectorUnknown, buildScheduled({ requiredDataConnectors }))).toEqual([
    {
      at: '/requiredDataConnectors/1/connectorId',
      message: 'connectorId "SecurityEvent" is not a known connector\'s',
      hint: 'did you mean "SecurityEvents"?',
    },
    {
      at: '/requiredDataConnectors/2/connectorId',
      message: 'connectorId "OurOwnConnectorForThePlant" is not a known connector\'s',
      hint: 'check its spelling',
    },
  ]);
});
