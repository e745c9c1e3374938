import { isTechniqueId } from '../sentinel/attack.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** Techniques are written as ATT&CK ids. */
export const techniqueFormat: Check = {
  id: 'technique-format',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: 'A technique is T and four digits, a sub-technique has a dot and three more.',
  rationale: 'The service refuses an alert rule with any other text in its techniques.',
  examples: {
    good: ['relevantTechniques:\n  - T1078\n  - T1078.004'],
    bad: ['relevantTechniques:\n  - Valid Accounts', 'relevantTechniques:\n  - T1078.4'],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, id] of detection.techniques.entries()) {
      if (isTechniqueId(id)) continue;
      report(`/relevantTechniques/${index}`, `technique ${quote(id)} is not of the form T#### or T####.###`, {
        hint: 'look the id up at https://attack.mitre.org/techniques',
      });
    }
  },
};
