import { joinPointer } from '../core/json-pointer.ts';
import type { Check } from './check.ts';
import { hasQuery } from './detection-kinds.ts';

/** A parameter does something. */
export const parameterUnused: Check = {
  id: 'parameter-unused',
  severity: 'warning',
  summary: 'Every parameter is used by the query.',
  rationale:
    'An environment that sets the parameter changes nothing, and whoever sets it believes otherwise.',
  examples: {
    good: [
      'parameters:\n  country:\n    type: string\n    default: XX\nquery: SigninLogs | where Location == country',
    ],
    bad: [
      'parameters:\n  country:\n    type: string\n    default: XX\nquery: SigninLogs | where Location == "YY"',
    ],
  },
  check({ loaded: { detection }, query }, report) {
    if (!hasQuery(detection) || query?.tree === undefined || detection.parameters.length === 0) return;
    const used = new Set(query.tree.nodesOf('NameReference').map(({ name }) => name));
    for (const { name } of detection.parameters) {
      if (used.has(name)) continue;
      report(joinPointer('/parameters', name), `the query does not use the parameter "${name}"`, {
        part: 'key',
        hint: 'use it in the query, or delete it',
      });
    }
  },
};
