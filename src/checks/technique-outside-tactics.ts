import { findTechnique, fitsTactics, parentTechniqueId } from '../sentinel/attack.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** A technique serves at least one of the tactics that the detection lists. */
export const techniqueOutsideTactics: Check = {
  id: 'technique-outside-tactics',
  severity: 'warning',
  summary: 'A technique belongs to at least one of the listed tactics.',
  rationale:
    "Microsoft's CI refuses a technique without any of its tactics, by an older map than today's ATT&CK. The portal shows " +
    'coverage by tactic, so the technique would be missing there.',
  examples: {
    good: ['tactics:\n  - Persistence\nrelevantTechniques:\n  - T1078.004'],
    bad: ['tactics:\n  - Discovery\nrelevantTechniques:\n  - T1078.004'],
  },
  check({ loaded: { detection } }, report) {
    if (!hasQuery(detection)) return;
    for (const [index, id] of detection.techniques.entries()) {
      const technique = findTechnique(id) ?? findTechnique(parentTechniqueId(id));
      if (technique === undefined || technique.replacedBy !== undefined || technique.tactics.length === 0)
        continue;
      if (fitsTactics(technique.tactics, detection.tactics)) continue;
      const tactics = technique.tactics.join(' or ');
      report(
        `/relevantTechniques/${index}`,
        `technique ${quote(id)} (${technique.name}) serves ${tactics}, which tactics does not list`,
        { hint: `add ${tactics} to tactics, or take the technique out` },
      );
    }
  },
};
