import { findTechnique } from '../sentinel/attack.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** A technique has not been revoked in favour of another. */
export const techniqueReplaced: Check = {
  id: 'technique-replaced',
  severity: 'warning',
  summary: 'A technique is not one that ATT&CK has replaced.',
  rationale:
    'Coverage is counted by current ids; under a revoked one the detection is in no matrix. Service and CI accept it.',
  examples: {
    good: ['tactics:\n  - Execution\nrelevantTechniques:\n  - T1059.001'],
    bad: ['tactics:\n  - Execution\nrelevantTechniques:\n  - T1086'],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, id] of detection.techniques.entries()) {
      const replacement = findTechnique(findTechnique(id)?.replacedBy ?? '');
      if (replacement === undefined) continue;
      report(
        `/relevantTechniques/${index}`,
        `technique ${quote(id)} was replaced by ${replacement.id} (${replacement.name})`,
        { hint: `use ${replacement.id}` },
      );
    }
  },
};
