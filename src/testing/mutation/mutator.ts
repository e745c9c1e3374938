import type { QueryDetection } from '../../detection/detection.ts';
import type { QueryNode } from '../../kql/query-node.ts';

/** A change of a query's text: what stands there gives way to another text. UTF-16 units of the query. */
export interface Edit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
  /** What a report shows as before and after, where that is not the node with the edit in it. */
  readonly shown?: readonly [before: string, after: string];
}

/** What every mutator says of itself; docs/mutation.md is made of it. */
export interface MutatorInfo {
  /** Kebab-case and stable: it is part of what a tests file calls a mutant. */
  readonly name: string;
  /** What it does, as a sentence. */
  readonly summary: string;
  /** A part of a query or a detection, before and after. */
  readonly example: readonly [before: string, after: string];
}

/** One way to break a query, on purpose. */
export interface QueryMutator extends MutatorInfo {
  readonly of: 'query';
  /** The changes that it makes of a node, none of most. What then does not bind is no mutant. */
  readonly mutate: (node: QueryNode) => readonly Edit[];
}

/** A change of one of a detection's settings. */
export interface SettingChange {
  /** JSON pointer of the setting. */
  readonly pointer: string;
  readonly before: string;
  readonly after: string;
  /** Breaks the detection with other values of its settings, too; undefined where this setting differs from the authored one. */
  readonly apply: (detection: QueryDetection) => QueryDetection | undefined;
}

/** One way to break what a detection says beside its query. */
export interface SettingMutator extends MutatorInfo {
  readonly of: 'setting';
  readonly mutate: (detection: QueryDetection) => readonly SettingChange[];
}

export type Mutator = QueryMutator | SettingMutator;

/** Replaces a whole node. */
export function replaceNode({ start, length }: Pick<QueryNode, 'start' | 'length'>, text: string): Edit {
  return { start, length, text };
}

/** Replaces the operator between the two sides of an expression. */
export function replaceOperator(node: QueryNode, text: string): readonly Edit[] {
  const [left, right] = [node.part('Left'), node.part('Right')];
  if (!left || !right) return [];
  const from = left.start + left.length - node.start;
  const between = node.text.slice(from, right.start - node.start);
  const operator = between.trim();
  // A comment beside the operator would be taken for a part of it.
  if (operator.includes('//') || operator === '') return [];
  return [{ start: node.start + from + between.indexOf(operator), length: operator.length, text }];
}

/** Leaves each of several elements of a list out, in turn, with its comma. */
export function dropEach(elements: readonly QueryNode[]): readonly Edit[] {
  if (elements.length < 2) return [];
  return elements.map((element, index) => {
    const [before, after] = [elements[index - 1], elements[index + 1]];
    const start = after || !before ? element.start : before.start + before.length;
    const end = after ? after.start : element.start + element.length;
    return { start, length: end - start, text: '', shown: [element.text, ''] };
  });
}
