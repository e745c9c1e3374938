import type { Diagnostic } from '../../core/diagnostic.ts';
import { joinPointer } from '../../core/json-pointer.ts';
import { nearestName } from '../../core/nearest-name.ts';
import type { LoadedTests } from '../load-tests.ts';
import type { MutantResult } from './test-mutants.ts';

/**
 * What is wrong with the list of equivalent mutants: a reason for one that is killed, cannot be judged, or is not there any
 * more would excuse the next one of that name.
 */
export function checkEquivalents(
  { file, document, authored }: LoadedTests,
  results: readonly MutantResult[],
): readonly Diagnostic[] {
  const byId = new Map(results.map((result) => [result.mutant.id, result]));
  const seen = new Set<string>();
  return (authored.equivalentMutants ?? []).flatMap(({ mutant }, index): readonly Diagnostic[] => {
    const fault = seen.has(mutant)
      ? { message: `the mutant "${mutant}" is listed twice`, hint: 'remove one of the two' }
      : describeFault(mutant, byId);
    seen.add(mutant);
    if (fault === undefined) return [];
    const span = document.spanOf(joinPointer('/equivalentMutants', index, 'mutant'));
    return [{ code: 'equivalent-mutant', severity: 'error', ...fault, file, span }];
  });
}

function describeFault(
  mutant: string,
  byId: ReadonlyMap<string, MutantResult>,
): { readonly message: string; readonly hint: string } | undefined {
  const found = byId.get(mutant);
  switch (found?.verdict) {
    case 'equivalent':
      return undefined;
    case 'killed':
      return {
        message: `the mutant "${mutant}" is not equivalent: the scenario "${found.killer ?? ''}" kills it`,
        hint: 'remove it from the list',
      };
    case 'not-judged':
      return {
        message: `the mutant "${mutant}" cannot be run, so it is not counted`,
        hint: 'remove it from the list',
      };
    case 'survived':
    case undefined: {
      const nearest = nearestName(mutant, byId.keys());
      const hint = nearest === undefined ? 'remove it from the list' : `did you mean "${nearest}"?`;
      return { message: `the detection has no mutant "${mutant}"`, hint };
    }
  }
}
