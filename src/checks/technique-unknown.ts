import {
  attackVersion,
  findTechnique,
  isTechniqueId,
  mayBeNewerThanData,
  parentTechniqueId,
} from '../sentinel/attack.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** A technique exists. */
export const techniqueUnknown: Check = {
  id: 'technique-unknown',
  severity: 'error',
  huntingSeverity: 'warning',
  summary: 'A technique is one that ATT&CK has, or had.',
  rationale:
    "Microsoft's CI refuses a technique that does not exist: most often it is a slip, and the detection would count " +
    'towards coverage that nobody has. Enterprise, mobile and ICS ids are known.',
  examples: {
    good: ['relevantTechniques:\n  - T1078'],
    bad: ['relevantTechniques:\n  - T1999', 'relevantTechniques:\n  - T1235.001'],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, id] of detection.techniques.entries()) {
      const parent = parentTechniqueId(id);
      if (!isTechniqueId(id) || findTechnique(parent) !== undefined || mayBeNewerThanData(parent)) continue;
      report(
        `/relevantTechniques/${index}`,
        `technique ${quote(id)} does not exist in ATT&CK v${attackVersion}`,
        {
          hint: 'look the id up at https://attack.mitre.org/techniques',
        },
      );
    }
  },
};
