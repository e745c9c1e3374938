import type { Callable } from '../check-call.ts';
import { readSignature } from '../signature.ts';
import { anyRow } from './aggregate.ts';

/** An aggregate of several columns: those of one row, or one for each percentage. */
export interface SeveralAggregate extends Callable {
  /** `1` and `-1`: the row with the greatest or least value of the first argument; `any`: any row. */
  readonly takes: 1 | -1 | 'any' | 'percentiles';
}

/** The aggregates that give several columns. */
export const severalAggregates: readonly SeveralAggregate[] = [
  { signature: readSignature('arg_max(maximized, returned...?)'), takes: 1 },
  { signature: readSignature('arg_min(minimized, returned...?)'), takes: -1 },
  { signature: readSignature('argmax(maximized, returned...?)'), takes: 1 },
  { signature: readSignature('argmin(minimized, returned...?)'), takes: -1 },
  { signature: readSignature('take_any(returned...)'), takes: 'any', caution: anyRow },
  { signature: readSignature('any(returned...)'), takes: 'any', caution: anyRow },
  { signature: readSignature('percentiles(value, percentage...)'), takes: 'percentiles' },
  { signature: readSignature('percentilesw(value, weight, percentage...)'), takes: 'percentiles' },
];

/** The aggregate of a name that gives several columns. */
export function findSeveralAggregate(name: string): SeveralAggregate | undefined {
  return severalAggregates.find(({ signature }) => signature.name === name);
}
