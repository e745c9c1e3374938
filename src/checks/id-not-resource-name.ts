import { isResourceName, resourceNameLength } from '../sentinel/names.ts';
import type { Check } from './check.ts';
import { quote } from './quote.ts';

/** The id of a detection is the name of its resource in the workspace, so it must be one that ARM takes. */
export const idNotResourceName: Check = {
  id: 'id-not-resource-name',
  severity: 'error',
  summary: 'The id can be the name of an Azure resource.',
  rationale:
    'The detection is deployed under its id. Azure Resource Manager refuses a name that is empty, longer than ' +
    `${resourceNameLength} characters, ends in a full stop or a blank, or holds a control character or one of ` +
    '`<>%&\\?/#*:`.',
  examples: {
    good: ['id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f', 'id: sign-in-from-a-blocked-country'],
    bad: ['id: identity/sign-in-from-a-blocked-country', 'id: "100%"'],
  },
  check({ loaded: { detection } }, report) {
    if (isResourceName(detection.id)) return;
    report('/id', `id ${quote(detection.id)} cannot be the name of an Azure resource`, {
      hint: 'use a GUID',
    });
  },
};
