/** A line of a line diff; a `gap` stands for unchanged lines that are left out. */
export type DiffLine =
  | { readonly type: 'same' | 'removed' | 'added'; readonly text: string }
  | { readonly type: 'gap'; readonly skipped: number };

/** Beyond this many cells (about 2,000 changed lines a side) the whole is shown as replaced: nobody reads such a diff. */
const mostCells = 4_000_000;

/** The smallest set of removed and added lines that leads from one text to the other, with some lines around each. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
  context = 3,
): readonly DiffLine[] {
  const head = countSame(before, after, (lines, index) => lines[index]);
  const rest = [before.slice(head), after.slice(head)] as const;
  const tail = countSame(...rest, (lines, index) => lines[lines.length - 1 - index]);
  const changed = diffMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  return foldContext(
    [...before.slice(0, head).map(same), ...changed, ...before.slice(before.length - tail).map(same)],
    context,
  );
}

type ChangedLine = Exclude<DiffLine, { type: 'gap' }>;

function same(text: string): ChangedLine {
  return { type: 'same', text };
}

function countSame(
  before: readonly string[],
  after: readonly string[],
  at: (lines: readonly string[], index: number) => string | undefined,
): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && at(before, count) === at(after, count)) count++;
  return count;
}

/** Longest common subsequence, by the table of its lengths for every pair of suffixes. */
function diffMiddle(before: readonly string[], after: readonly string[]): ChangedLine[] {
  const width = after.length + 1;
  const lines: ChangedLine[] = [];
  let row = 0;
  let column = 0;
  if (before.length * after.length <= mostCells) {
    const lengths = commonLengths(before, after);
    while (row < before.length && column < after.length) {
      const text = before[row] ?? '';
      if (text === after[column]) {
        lines.push(same(text));
        row++;
        column++;
      } else if ((lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0)) {
        lines.push({ type: 'removed', text });
        row++;
      } else {
        lines.push({ type: 'added', text: after[column] ?? '' });
        column++;
      }
    }
  }
  return [
    ...lines,
    ...before.slice(row).map((text): ChangedLine => ({ type: 'removed', text })),
    ...after.slice(column).map((text): ChangedLine => ({ type: 'added', text })),
  ];
}

function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
    }
  }
  return lengths;
}

/** Leaves out unchanged lines that are further than `context` lines from any change. */
function foldContext(lines: readonly ChangedLine[], context: number): DiffLine[] {
  const shown = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (line.type === 'same') continue;
    for (let near = index - context; near <= index + context; near++) shown.add(near);
  }
  const folded: DiffLine[] = [];
  let skipped = 0;
  for (const [index, line] of lines.entries()) {
    if (!shown.has(index)) {
      skipped++;
      continue;
    }
    if (skipped > 0) folded.push({ type: 'gap', skipped });
    skipped = 0;
    folded.push(line);
  }
  return skipped > 0 ? [...folded, { type: 'gap', skipped }] : folded;
}
