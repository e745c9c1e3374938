import type { Explanation, RowFate } from './explain-scenario.ts';

/** Given rows of one table that met the same fate at the same place. */
export interface FateGroup {
  readonly first: RowFate;
  /** `row 2 of SigninLogs`, `rows 1-3, 5 of SigninLogs` */
  readonly rows: string;
  readonly isOne: boolean;
}

/** Puts together what is said of several rows at once, in the order of the rows. */
export function groupFates({ fates }: Explanation): readonly FateGroup[] {
  const groups = new Map<string, { readonly first: RowFate; readonly numbers: number[] }>();
  for (const fate of fates) {
    const key = JSON.stringify([fate.table, fate.fate, fate.step]);
    const group = groups.get(key) ?? { first: fate, numbers: [] };
    group.numbers.push(fate.number);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, numbers }) => {
    const isOne = numbers.length === 1;
    return { first, isOne, rows: `row${isOne ? '' : 's'} ${rangesOf(numbers)} of ${first.table}` };
  });
}

/** What became of the rows; where they died is not said. */
export function describeFate({ first, rows, isOne }: FateGroup): string {
  switch (first.fate) {
    case 'survived':
      return `${rows} came through to the result`;
    case 'outside':
      return `${rows} ${isOne ? 'lies' : 'lie'} outside of the time that the run looks at (queryPeriod)`;
    case 'unread':
      return `${rows} ${isOne ? 'has' : 'have'} no effect: the query does not read ${isOne ? 'it' : 'them'}`;
    case 'died':
      return `${rows} died`;
  }
}

/** `1-3, 5` */
function rangesOf(numbers: readonly number[]): string {
  const parts: (readonly [number, number])[] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last?.[1] === number - 1) parts[parts.length - 1] = [last[0], number];
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
