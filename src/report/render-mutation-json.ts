import type { MutantResult } from '../testing/mutation/test-mutants.ts';
import { mutationTotals, type MutationReport } from './mutation-report.ts';

/** A mutation of detections for machines, every mutant with its verdict. A change of shape changes `formatVersion`. */
export function renderMutationJson({ mutations, tests, skipped, diagnostics }: MutationReport): string {
  const report = {
    formatVersion: 1,
    summary: mutationTotals(mutations),
    detections: mutations.map(({ loaded, file, results, score }) => ({
      file: loaded.file,
      id: loaded.detection.id,
      tests: file ?? null,
      score,
      summary: mutationTotals([{ results }]),
      mutants: results.map(toMutant),
    })),
    failing: tests
      .filter(({ results }) => results.some(({ verdict }) => verdict !== 'passed'))
      .map(({ loaded }) => loaded.file),
    skipped,
    diagnostics,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toMutant({ mutant, verdict, killer, reason }: MutantResult): unknown {
  const { id, mutator, before, after, span } = mutant;
  return {
    id,
    mutator,
    before,
    after,
    line: span?.start.line ?? null,
    column: span?.start.column ?? null,
    verdict,
    killer: killer ?? null,
    reason: reason ?? null,
  };
}
