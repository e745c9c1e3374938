import type { Aggregate } from './aggregate.ts';
import { collectionAggregates } from './collections.ts';
import { numberAggregates } from './numbers.ts';

const aggregates: ReadonlyMap<string, Aggregate> = new Map(
  [...numberAggregates, ...collectionAggregates].map((aggregate) => [aggregate.name, aggregate]),
);

/** The aggregate of a name. */
export function findAggregate(name: string): Aggregate | undefined {
  return aggregates.get(name);
}
