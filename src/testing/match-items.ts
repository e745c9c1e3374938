/** What one expectation says of one thing that came: a cell for each value that it names. */
export interface Cell {
  readonly name: string;
  readonly expected: string;
  /** undefined if nothing came that could have it. */
  readonly got: string | undefined;
  readonly isSame: boolean;
}

/** An expectation that nothing meets, held against what comes nearest to it. */
export interface Unmet {
  /** Which of the expectations. */
  readonly index: number;
  readonly cells: readonly Cell[];
}

/** How expectations and what came belong together. */
export interface Matching {
  readonly unmet: readonly Unmet[];
  /** Indexes of what came and no expectation is met by. */
  readonly left: readonly number[];
}

/**
 * Assigns to each expectation a thing of its own that meets it, so that as many as possible are met.
 *
 * @param compare the cells of an expectation, against the thing of an index or against nothing
 */
export function matchItems(
  expected: number,
  actual: number,
  compare: (expectedIndex: number, actualIndex: number | undefined) => readonly Cell[],
): Matching {
  const meets = Array.from({ length: expected }, (_, wanted) =>
    Array.from({ length: actual }, (_other, index) => index).filter((index) =>
      compare(wanted, index).every(({ isSame }) => isSame),
    ),
  );
  const takenBy = new Map<number, number>();
  const assign = (wanted: number, tried: Set<number>): boolean =>
    (meets[wanted] ?? []).some((index) => {
      if (tried.has(index)) return false;
      tried.add(index);
      const owner = takenBy.get(index);
      if (owner !== undefined && !assign(owner, tried)) return false;
      takenBy.set(index, wanted);
      return true;
    });
  const failed = meets.flatMap((_, wanted) => (assign(wanted, new Set()) ? [] : [wanted]));
  const left = new Set(Array.from({ length: actual }, (_, index) => index).filter((i) => !takenBy.has(i)));
  const unmet = failed.map((index): Unmet => {
    const [nearest] = [...left]
      .map((candidate) => ({ candidate, cells: compare(index, candidate) }))
      .sort((a, b) => countSame(b.cells) - countSame(a.cells));
    if (nearest === undefined) return { index, cells: compare(index, undefined) };
    left.delete(nearest.candidate);
    return { index, cells: nearest.cells };
  });
  return { unmet, left: [...left] };
}

function countSame(cells: readonly Cell[]): number {
  return cells.filter(({ isSame }) => isSame).length;
}
