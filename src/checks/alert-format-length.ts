import { alertFormats } from './alert-formats.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';

/** A format for an alert's name or description is not blank, and no longer than the service stores. */
export const alertFormatLength: Check = {
  id: 'alert-format-length',
  severity: 'error',
  summary: 'alertDisplayNameFormat has 1 to 256 characters, alertDescriptionFormat 1 to 5000.',
  rationale: 'The service refuses an alert rule with a blank or a longer format.',
  examples: {
    good: ['alertDetailsOverride:\n  alertDisplayNameFormat: Sign-in of {{UserPrincipalName}}'],
    bad: [
      'alertDetailsOverride:\n  alertDisplayNameFormat: " "',
      `alertDetailsOverride:\n  alertDisplayNameFormat: ${'Sign-in of {{UserPrincipalName}} '.repeat(8).trim()}`,
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    for (const { pointer, name, format, maxLength } of alertFormats(detection)) {
      if (format.trim() === '') {
        report(pointer, `${name} is blank`, {
          part: 'key',
          hint: 'delete it to keep the name and description of the detection',
        });
      } else if (format.length > maxLength) {
        report(pointer, `${name} has ${format.length} characters; the service stores ${maxLength}`, {
          hint: `shorten it to ${maxLength} characters`,
        });
      }
    }
  },
};
