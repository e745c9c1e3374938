import {
  attackVersion,
  findTechnique,
  hasSubTechniques,
  isSubTechniqueId,
  isTechniqueId,
  mayBeNewerThanData,
  parentTechniqueId,
} from '../sentinel/attack.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** An id that this version cannot know, but that may exist, is worth a second look. */
export const techniqueUnverified: Check = {
  id: 'technique-unverified',
  severity: 'warning',
  summary: `A technique is in ATT&CK v${attackVersion}, even where a later release may have added it.`,
  rationale:
    'ATT&CK numbers its techniques in order. An id just above the highest that this version knows, or an unknown ' +
    'sub-technique of a known technique, may be new, or a slip.',
  examples: {
    good: ['relevantTechniques:\n  - T1078.004'],
    bad: ['relevantTechniques:\n  - T1750', 'relevantTechniques:\n  - T1078.099'],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, id] of detection.techniques.entries()) {
      if (!isTechniqueId(id) || findTechnique(id) !== undefined) continue;
      const parent = parentTechniqueId(id);
      if (mayBeNewerThanData(parent) || (isSubTechniqueId(id) && hasSubTechniques(parent))) {
        report(`/relevantTechniques/${index}`, `technique ${quote(id)} is not in ATT&CK v${attackVersion}`, {
          hint: 'check the id; if a later release of ATT&CK has it, all is well',
        });
      }
    }
  },
};
