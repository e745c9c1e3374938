import { setImmediate } from 'node:timers/promises';
import type { Diagnostic } from '../core/diagnostic.ts';
import { ToolError } from '../core/tool-error.ts';
import { renderCountProgress } from '../report/render-count-progress.ts';
import { describeLowScores, describeSurvivors } from '../testing/mutation/mutation-diagnostics.ts';
import { canBreak, testMutants, type MutationTest } from '../testing/mutation/test-mutants.ts';
import type { Host } from './host.ts';
import type { TestRun } from './run-tests.ts';

/** Breaks every detection whose scenarios all passed, with progress on a terminal. */
export async function runMutations(
  host: Host,
  { tests, testsFiles, context }: TestRun,
): Promise<readonly MutationTest[]> {
  const { stderr, signal } = host;
  const tried = tests.filter(canBreak);
  const mutations: MutationTest[] = [];
  for (const [index, test] of tried.entries()) {
    const { file } = test.loaded;
    const what = `mutating detection ${index + 1}/${tried.length}, mutant`;
    const mutation = await testMutants(test, testsFiles.get(file), context, async (done, total) => {
      if (stderr.isTerminal) stderr.write(renderCountProgress(what, done, total));
      // Without a pause nobody could interrupt: a signal is heard between two tasks only.
      await setImmediate();
      if (!signal.aborted) return;
      if (stderr.isTerminal) stderr.write(renderCountProgress(what, total, total));
      throw new ToolError('cancelled', 'the mutation of the detections was interrupted');
    });
    if (stderr.isTerminal) stderr.write(renderCountProgress(what, 1, 1));
    mutations.push(mutation);
  }
  return mutations;
}

/** Survivors, scores below the least one, and faults of the lists of equivalents. */
export function toMutationDiagnostics(
  mutations: readonly MutationTest[] | undefined,
  { tests }: TestRun,
  minScore = 0,
): readonly Diagnostic[] {
  if (mutations === undefined) return [];
  return [
    ...mutations.flatMap((each) => [...each.diagnostics, ...describeSurvivors(each)]),
    ...describeLowScores(mutations, tests, minScore),
  ];
}
