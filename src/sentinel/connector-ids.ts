import data from './data/connector-ids.json' with { type: 'json' };

const known: ReadonlySet<string> = new Set(data.ids);

/**
 * True if the id is a data connector's that Microsoft's repository knows. The list can never be complete: a workspace
 * may have connectors of its own, so an unknown id is no error. Case counts.
 */
export function isKnownConnectorId(id: string): boolean {
  return known.has(id);
}

/** Every known connector id; for did-you-mean. */
export function connectorIds(): Iterable<string> {
  return known;
}
