import { hasQuery } from '../../checks/detection-kinds.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { DetectionTest } from '../test-detection.ts';
import type { MutationTest } from './test-mutants.ts';

/** The mutants that no scenario kills, at their places. */
export function describeSurvivors({ results }: MutationTest): readonly Diagnostic[] {
  return results.flatMap(({ mutant, verdict }): readonly Diagnostic[] => {
    if (verdict !== 'survived') return [];
    const { id, file, span } = mutant;
    return [
      {
        code: 'mutant-survived',
        severity: 'warning',
        message: `no scenario notices the mutant "${id}"`,
        file,
        ...(span ? { span } : {}),
        hint: 'write a scenario that tells the two apart',
      },
    ];
  });
}

/**
 * The detections whose score is below the least one, and those without a scenario, which notice nothing.
 *
 * @param minScore 0 to 1
 */
export function describeLowScores(
  mutations: readonly MutationTest[],
  tests: readonly DetectionTest[],
  minScore: number,
): readonly Diagnostic[] {
  if (minScore === 0) return [];
  const low = mutations
    .filter(({ score }) => score < minScore)
    .map(({ loaded, score, results }) => {
      const survivors = results.filter(({ verdict }) => verdict === 'survived').length;
      const found = `the mutation score is ${(Math.floor(score * 1000) / 1000).toString()}`;
      const wanted = `${minScore} is asked for: no scenario notices ${survivors} of its mutants`;
      return { loaded, message: `${found}, and ${wanted}` };
    });
  const untested = tests
    .filter(({ loaded, results }) => results.length === 0 && hasQuery(loaded.detection))
    .map(({ loaded }) => ({
      loaded,
      message: `the detection has no scenario, and a mutation score of ${minScore} is asked for`,
    }));
  return [...low, ...untested].map(({ loaded, message }) => ({
    code: 'mutation-score',
    severity: 'error',
    message,
    file: loaded.file,
    span: loaded.spanOf('/name'),
  }));
}
