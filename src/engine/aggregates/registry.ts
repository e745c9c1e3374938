import type { Aggregate } from './aggregate.ts';
import { collectionAggregates } from './collections.ts';
import { numberAggregates } from './numbers.ts';
import { percentileAggregates } from './percentiles.ts';
import { schemaAggregates } from './schema.ts';

/** The aggregates of one value. */
export const aggregates: readonly Aggregate[] = [
  ...numberAggregates,
  ...collectionAggregates,
  ...percentileAggregates,
  ...schemaAggregates,
];

const byName: ReadonlyMap<string, Aggregate> = new Map(aggregates.map((called) => [called.name, called]));

/** The aggregate of a name. */
export function findAggregate(name: string): Aggregate | undefined {
  return byName.get(name);
}
