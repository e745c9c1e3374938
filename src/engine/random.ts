import { oncePerRun } from './scope.ts';
import type { Run } from './scope.ts';

/** The random numbers of a run, each from 0 to below 1: the same for the same seed, in the order in which they are asked for. */
export const randomOf: (run: Run) => () => number = oncePerRun(({ input }) => mulberry32(input.seed ?? 0));

/** Tommy Ettinger's generator: 32 bits of state, good enough to pick rows. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
