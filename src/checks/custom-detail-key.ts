import { joinPointer } from '../core/json-pointer.ts';
import { alertRuleLimits } from '../sentinel/limits.ts';
import { isCustomDetailKey } from '../sentinel/names.ts';
import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { quote } from './quote.ts';

const { customDetailKeyLength } = alertRuleLimits;

/** The keys of custom details are ones that the service takes. */
export const customDetailKey: Check = {
  id: 'custom-detail-key',
  severity: 'error',
  summary:
    'A key of customDetails starts with a letter, has only letters, digits and underscores, and at most ' +
    `${customDetailKeyLength} characters.`,
  rationale: 'The service refuses any other key.',
  examples: {
    good: ['customDetails:\n  Country: Location'],
    bad: [
      'customDetails:\n  Country or region: Location',
      'customDetails:\n  _Country: Location',
      'customDetails:\n  CountryOfTheSignInEvent: Location',
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    for (const key of Object.keys(detection.customDetails ?? {})) {
      const pointer = joinPointer('/customDetails', key);
      if (!isCustomDetailKey(key)) {
        report(
          pointer,
          `custom detail ${quote(key)} is not a letter followed by letters, digits and underscores`,
          {
            part: 'key',
            hint: 'write it in one word, such as CountryOrRegion',
          },
        );
      } else if (key.length > customDetailKeyLength) {
        report(
          pointer,
          `custom detail ${quote(key)} has ${key.length} characters; the service takes ${customDetailKeyLength}`,
          { part: 'key', hint: 'shorten it' },
        );
      }
    }
  },
};
