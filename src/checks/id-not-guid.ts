import { isGuid, isResourceName } from '../sentinel/names.ts';
import type { Check } from './check.ts';
import { quote } from './quote.ts';

/** The id is a GUID, as everything that reads community content expects. */
export const idNotGuid: Check = {
  id: 'id-not-guid',
  severity: 'warning',
  summary: 'The id is a GUID.',
  rationale:
    "The service takes other names, but Microsoft's own CI and the tools around the community format refuse them, and " +
    'only a GUID is sure to be unlike every other id.',
  examples: {
    good: ['id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f'],
    bad: ['id: sign-in-from-a-blocked-country', 'id: a1b2c3d4-0001-4a5b-8c9d-dns001tunnel'],
  },
  check({ loaded: { detection } }, report) {
    if (isGuid(detection.id) || !isResourceName(detection.id)) return;
    report('/id', `id ${quote(detection.id)} is not a GUID`, {
      hint: 'generate one, and never change it again',
    });
  },
};
