/** Seeded choices, so that a failing case can be run again. */
export interface RandomSource {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  chance(): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Some of the items, in any order. */
  some<Item>(items: readonly Item[]): Item[];
}

/** A source of choices by the mulberry32 generator. */
export function randomSource(seed: number): RandomSource {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const chance = (): boolean => next() < 0.5;
  return {
    below,
    chance,
    pick: (items) => items[below(items.length)]!,
    some: (items) =>
      items
        .filter(() => chance())
        .map((item) => ({ item, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
  };
}
