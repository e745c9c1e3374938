import type { SourceSpan } from '../../core/diagnostic.ts';
import type { QueryDetection } from '../../detection/detection.ts';
import type { QueryNode } from '../../kql/query-node.ts';
import type { PreparedDetection } from '../prepare-detection.ts';
import type { Edit, QueryMutator, SettingMutator } from './mutator.ts';
import { mutators } from './registry.ts';
import { narrowChange } from './narrow-change.ts';

/** A detection that is broken in one place, on purpose. */
export interface Mutant {
  /** What a tests file calls it: `move-boundary: Failures > 5 => Failures >= 5`, and ` (2)` for the second of that name. */
  readonly id: string;
  readonly mutator: string;
  /** On one line, the change alone with what stands around it. */
  readonly before: string;
  /** Empty if nothing takes the place of `before`. */
  readonly after: string;
  readonly file: string;
  /** undefined where the file does not say it, as an operator that an environment adds. */
  readonly span?: SourceSpan;
  /** Breaks a detection that is prepared for some scenario; undefined if that one says something else there. */
  readonly breakDetection: (detection: QueryDetection) => QueryDetection | undefined;
}

/** Every mutant of a detection, in the order of its file. Some do not bind. */
export function findMutants(prepared: PreparedDetection): readonly Mutant[] {
  const nodes = collectNodes(prepared.tree.root);
  const ofQuery = nodes.flatMap((node) =>
    mutators.flatMap((mutator) =>
      mutator.of === 'query' ? mutator.mutate(node).map((edit) => ofEdit(prepared, mutator, node, edit)) : [],
    ),
  );
  const ofSettings = mutators.flatMap((mutator) =>
    mutator.of === 'setting' ? ofSetting(prepared, mutator) : [],
  );
  const place = ({ span }: Mutant): number => span?.start.offset ?? Infinity;
  return numberEqual([...ofSettings, ...ofQuery]).toSorted((a, b) => {
    return place(a) === place(b) ? 0 : place(a) - place(b);
  });
}

function ofSetting(
  { detection, loaded }: PreparedDetection,
  { name, mutate }: SettingMutator,
): readonly Mutant[] {
  return mutate(detection).map(({ pointer, before, after, apply }) => ({
    ...nameMutant(name, [before, after]),
    file: loaded.file,
    span: loaded.spanOf(pointer),
    breakDetection: apply,
  }));
}

/** The nodes of the query itself, an outer one before those in it. */
function collectNodes(node: QueryNode): readonly QueryNode[] {
  const own = node.start >= 0 || node.parent === undefined ? [node] : [];
  return [...own, ...node.children.flatMap(collectNodes)];
}

function ofEdit(
  { detection, loaded }: PreparedDetection,
  { name }: QueryMutator,
  node: QueryNode,
  edit: Edit,
): Mutant {
  const around = node.children.length === 0 ? surroundings(node) : node;
  const shown = edit.shown ?? [
    around.text,
    applyEdit(around.text, { ...edit, start: edit.start - around.start }),
  ];
  const end = edit.start + edit.length;
  const original = detection.query.slice(edit.start, end);
  const isWritten = 'query' in loaded.detection && loaded.detection.query.startsWith(original, edit.start);
  return {
    ...nameMutant(name, shown),
    file: loaded.file,
    ...(isWritten ? { span: loaded.document.spanWithin('/query', edit.start, end) } : {}),
    breakDetection: (other) =>
      other.query.startsWith(original, edit.start)
        ? { ...other, query: applyEdit(other.query, edit) }
        : undefined,
  };
}

/** A literal alone says little: what it is compared with, or an argument of, is shown too. */
function surroundings(node: QueryNode): QueryNode {
  let around = node.parent ?? node;
  while (around.parent && transparent.has(around.kind)) around = around.parent;
  return around;
}

const transparent: ReadonlySet<string> = new Set(['ExpressionList', 'UnaryMinusExpression']);

function applyEdit(text: string, { start, length, text: other }: Edit): string {
  return text.slice(0, start) + other + text.slice(start + length);
}

function nameMutant(
  mutator: string,
  change: readonly [string, string],
): Pick<Mutant, 'id' | 'mutator' | 'before' | 'after'> {
  const [before, after] = narrowChange(change);
  return { id: `${mutator}: ${before}${after === '' ? '' : ` => ${after}`}`, mutator, before, after };
}

function numberEqual(mutants: readonly Mutant[]): readonly Mutant[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const number = (seen.get(mutant.id) ?? 0) + 1;
    seen.set(mutant.id, number);
    return number === 1 ? mutant : { ...mutant, id: `${mutant.id} (${number})` };
  });
}
