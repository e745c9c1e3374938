import { countOf } from './count-of.ts';
import { markdownHeader } from './markdown-escapes.ts';

/**
 * Most bytes of a Markdown report where nobody says otherwise: a step summary of GitHub takes 1 MiB, and other steps of the job
 * have their share of it. (A comment takes 65,536 characters.)
 */
export const defaultMaxSize = 900_000;

/** Bytes of a text in UTF-8. No limit of GitHub counts more than these. */
export function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What is kept, in order, and how many are not. */
export interface Fitted {
  readonly kept: readonly string[];
  readonly left: number;
}

/** Keeps the first ones, as many as there is room for: of a list that begins with what matters most. */
export function fitFirst(items: readonly string[], room: number): Fitted {
  let used = 0;
  const end = items.findIndex((item) => (used += sizeOf(item) + 1) > room);
  const kept = end === -1 ? items : items.slice(0, end);
  return { kept, left: items.length - kept.length };
}

/** Leaves out the largest ones until there is room for the rest: most of them can be shown then. */
export function fitSmallest(items: readonly string[], room: number): Fitted {
  const sizes = items.map((item, index) => ({ index, size: sizeOf(item) + 2 }));
  const bySize = sizes.sort((a, b) => a.size - b.size || a.index - b.index);
  let used = 0;
  const end = bySize.findIndex(({ size }) => (used += size) > room);
  const chosen = new Set((end === -1 ? bySize : bySize.slice(0, end)).map(({ index }) => index));
  const kept = items.filter((_, index) => chosen.has(index));
  return { kept, left: items.length - kept.length };
}

/** A report of a table and of diffs, each of which can be left out. */
export interface FoldedReport {
  readonly title: string;
  /** Blocks between title and table, and between table and diffs; they are always kept. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly header: readonly string[];
  /** Lines of the table, those that matter most first. */
  readonly rows: readonly string[];
  readonly diffs: readonly string[];
}

/** Puts a report together, at most so many bytes of it, and says how much is missing. */
export function fitReport(report: FoldedReport, maxSize: number): string {
  const { title, before = [], header, rows, after = [], diffs } = report;
  const titles = [title, ...before, ...after, ...(rows.length === 0 ? [] : markdownHeader(header))];
  // What is said about what is missing takes room as well.
  const room = maxSize - sizeOf(titles.join('\n\n')) - 200;
  const isTight = [...rows, ...diffs].reduce((sum, each) => sum + sizeOf(each) + 2, 0) > room;
  const table = fitFirst(rows, isTight ? room / 2 : room);
  const used = table.kept.reduce((sum, row) => sum + sizeOf(row) + 1, 0);
  const details = fitSmallest(diffs, room - used);
  const missing = [
    ...(table.left === 0 ? [] : [countOf(table.left, 'change')]),
    ...(details.left === 0 ? [] : [countOf(details.left, 'diff')]),
  ];
  const blocks = [
    title,
    ...before,
    ...(rows.length === 0 ? [] : [[...markdownHeader(header), ...table.kept].join('\n')]),
    ...(missing.length === 0
      ? []
      : [
          `**${missing.join(' and ')} more** than there is room for here; in text and in JSON they are all there.`,
        ]),
    ...after,
    ...details.kept,
  ];
  return `${blocks.join('\n\n')}\n`;
}
