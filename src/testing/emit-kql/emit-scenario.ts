import type { Diagnostic } from '../../core/diagnostic.ts';
import { datetimeToText } from '../../engine/datetime-text.ts';
import type { RowSet } from '../../engine/scope.ts';
import { analyseQuery } from '../../kql/bind-query.ts';
import type { QueryNode, QueryTree } from '../../kql/query-node.ts';
import type { PreparedDetection } from '../prepare-detection.ts';
import { runDetection, type DetectionRun } from '../run-detection.ts';
import type { Scenario } from '../scenario.ts';
import { isSameResult } from './is-same-result.ts';
import { windowOf } from '../sentinel/query-window.ts';
import { describeScenario } from './describe-scenario.ts';
import { findSources, type FoundSources, type NotEmitted } from './find-sources.ts';
import { declareSource, type SourceWidth } from './given-source.ts';
import type { QueryRunner } from './query-runner.ts';
import { writeSelfContained, type SelfContainedText } from './self-contained-text.ts';
import { applyEdits, type TextEdit } from './text-edits.ts';

/** A scenario as one query, or why it cannot be one. */
export type EmittedScenario =
  | {
      readonly query: string;
      /** What the query gave here, from the workspace's rows. */
      readonly run: DetectionRun;
    }
  | { readonly diagnostics: readonly Diagnostic[] };

/** A detection's query in one text with all that the workspace would supply in KQL, or why there is none. */
export type Emission =
  | { readonly prepared: PreparedDetection; readonly whole: SelfContainedText; readonly tree: QueryTree }
  | { readonly diagnostics: readonly Diagnostic[] };

/** Makes ready to emit the scenarios of a detection: what is the same for all of them. */
export function prepareEmission(prepared: PreparedDetection): Emission {
  const whole = writeSelfContained(prepared);
  const { tree, bound } = analyseQuery(whole.text, prepared.schema);
  const [fault] = bound.diagnostics.filter(({ severity }) => severity === 'error');
  if (tree !== undefined && fault === undefined) return { prepared, whole, tree };
  const construct = `the functions that the query calls, in one text: ${fault?.message ?? 'it does not parse'}`;
  return refuse(prepared, whole, { construct, start: fault?.start ?? 0, length: fault?.length ?? 0 });
}

/**
 * Renders a scenario as one query that needs nothing of a workspace: the given rows, as the window of the run bounds them, the
 * watchlists, functions and files as `let` statements, the clock stopped, and then the detection's query as it would be deployed.
 * Rows are written with the columns that the query names; with all of their table, where that would change the result.
 *
 * Only what was tried is returned: the runner gave the rows for it that the detection gives for the scenario.
 */
export async function emitScenario(
  emission: Emission,
  scenario: Scenario,
  runner: QueryRunner,
): Promise<EmittedScenario> {
  if ('diagnostics' in emission) return emission;
  const { prepared, whole, tree } = emission;
  const ran = runDetection(prepared, scenario.fixtures, scenario.now);
  if ('diagnostics' in ran) return ran;
  const found = findSources(tree, {
    schema: prepared.schema,
    fixtures: scenario.fixtures,
    window: windowOf(prepared.detection, scenario.now),
    now: `datetime(${datetimeToText(scenario.now)})`,
  });
  if ('refused' in found) return refuse(prepared, whole, found.refused);

  const header = describeScenario(prepared, scenario, ran.run);
  const edits = [...found.edits, ...removeBlankLines(whole.text, tree)];
  const body = applyEdits(whole.text, edits).trim();
  const tried = await tryWidths(found, tree, async (declarations) => {
    const query = `${[...header, ...declarations, body].join('\n')}\n`;
    return { query, difference: await findDifference(query, ran.run.result, runner) };
  });
  if ('query' in tried) return { query: tried.query, run: ran.run };
  const suspect = findSuspect(tree);
  const construct = `${suspect === undefined ? 'the query' : `"${suspect.text}"`}: ${tried.difference}`;
  return refuse(prepared, whole, { construct, start: suspect?.start ?? 0, length: suspect?.length ?? 0 });
}

interface Difference {
  readonly message: string;
  readonly unknownColumns: readonly string[];
}

type Attempt = (
  declarations: readonly string[],
) => Promise<{ readonly query: string; readonly difference: Difference | undefined }>;

/** Tries the columns that are read, then every column, each again with what turns out to be missing in open tables. */
async function tryWidths(
  { sources }: FoundSources,
  tree: QueryTree,
  attempt: Attempt,
): Promise<{ readonly query: string } | { readonly difference: string }> {
  const words = new Set(tree.root.text.match(/\w+/g));
  const isRead = (column: string): boolean => words.has(column) || column === 'TimeGenerated';
  const hasOpen = sources.some((source) => source.kind === 'rows' && source.isOpen);
  let last = 'it gives other rows';
  for (const isWhole of looksAtAllColumns(tree) ? [true] : [false, true]) {
    let unlisted: readonly string[] = [];
    for (let round = 0; round < 2; round++) {
      const width: SourceWidth = { isWhole, isRead, unlisted };
      const { query, difference } = await attempt(sources.map((source) => declareSource(source, width)));
      if (difference === undefined) return { query };
      last = difference.message;
      if (!hasOpen || difference.unknownColumns.length === 0) break;
      unlisted = difference.unknownColumns;
    }
  }
  return { difference: last };
}

const columnGatherers: ReadonlySet<string> = new Set([
  'pack_all',
  'bag_pack_columns',
  'column_ifexists',
  'narrow',
]);

/** True of a query whose rows may tell of a column that it does not name. */
function looksAtAllColumns(tree: QueryTree): boolean {
  const calls = tree.nodesOf('FunctionCallExpression').map(({ name = '' }) => name);
  return (
    calls.some((name) => columnGatherers.has(name)) ||
    tree.nodesOf('SearchOperator', 'FindOperator').length > 0 ||
    /\bgetschema\b/.test(tree.root.text)
  );
}

async function findDifference(
  query: string,
  expected: RowSet,
  runner: QueryRunner,
): Promise<Difference | undefined> {
  const answer = await runner.run(query);
  if ('problem' in answer) return answer.problem;
  return isSameResult(answer.rows, expected)
    ? undefined
    : { message: 'it gives other rows without its workspace', unknownColumns: [] };
}

/** What most likely makes the rows depend on names of the workspace. */
function findSuspect({ nodesOf }: QueryTree): QueryNode | undefined {
  const named = nodesOf('NamedParameter').find(({ name = '' }) => /^with_?source$/i.test(name));
  return named ?? nodesOf('SearchOperator', 'FindOperator')[0];
}

/** An editor of queries takes a blank line for the end of one. */
function removeBlankLines(text: string, { nodesOf }: QueryTree): readonly TextEdit[] {
  const texts = nodesOf('StringLiteralExpression').filter((node) => node.text.includes('\n'));
  return Array.from(text.matchAll(/\n[^\S\n]*(?=\r?\n)/g), ({ index, 0: blank }) => ({
    start: index,
    length: blank.length,
    text: '',
  })).filter(({ start }) => !texts.some((node) => start > node.start && start < node.start + node.length));
}

function refuse(
  { loaded, detection }: PreparedDetection,
  { toAuthored }: SelfContainedText,
  { construct, start, length }: NotEmitted,
): { readonly diagnostics: readonly Diagnostic[] } {
  const from = toAuthored(start) ?? 0;
  const to = toAuthored(start) === undefined ? detection.query.length : from + length;
  const diagnostic: Diagnostic = {
    code: 'scenario-not-emitted',
    severity: 'error',
    message: `no query that stands alone can be made of ${construct}`,
    file: loaded.file,
    span: loaded.document.spanWithin('/query', from, to),
    hint: 'the scenario runs here all the same; docs/testing.md lists what cannot be emitted',
  };
  return { diagnostics: [diagnostic] };
}
