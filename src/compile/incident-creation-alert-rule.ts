import type { IncidentCreationDetection } from '../detection/detection.ts';
import type { IncidentCreationAlertRule } from '../sentinel/resource.ts';
import { omitEmpty } from './omit-empty.ts';

/** The PUT body of the alert rule that turns another product's alerts into incidents. */
export function compileIncidentCreationAlertRule(
  detection: IncidentCreationDetection,
): IncidentCreationAlertRule {
  return {
    kind: 'MicrosoftSecurityIncidentCreation',
    properties: omitEmpty<IncidentCreationAlertRule['properties']>({
      displayName: detection.name,
      description: detection.description,
      enabled: detection.enabled,
      productFilter: detection.productFilter,
      severitiesFilter: detection.severitiesFilter,
      displayNamesFilter: detection.displayNamesFilter,
      displayNamesExcludeFilter: detection.displayNamesExcludeFilter,
      alertRuleTemplateName: detection.alertRuleTemplateName,
    }),
  };
}
