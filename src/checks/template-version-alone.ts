import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** A template's version is given together with the template's name. */
export const templateVersionAlone: Check = {
  id: 'template-version-alone',
  severity: 'error',
  summary: 'templateVersion comes with alertRuleTemplateName.',
  rationale: 'The service refuses the version of a template that is not named.',
  examples: {
    good: ['alertRuleTemplateName: 7d733ff8-5a3b-4d3c-a7a8-4c4b8d6f2f10\ntemplateVersion: 1.0.2'],
    bad: ['templateVersion: 1.0.2'],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection) || detection.templateVersion === undefined) return;
    if ((detection.alertRuleTemplateName ?? '').trim() !== '') return;
    report(
      '/templateVersion',
      `templateVersion ${quote(detection.templateVersion)} has no alertRuleTemplateName`,
      {
        part: 'key',
        hint: 'name the template that the detection was made from, or delete templateVersion',
      },
    );
  },
};
