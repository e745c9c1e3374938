import type { CodeInfo } from '../core/code-info.ts';

const limit = 'parameters:\n  limit:\n    type: long\n    default: 5';
const staging = '# kustodian.yaml\nowner: contoso-soc\nenvironments:\n  staging:\n    cloud: local';

/** The codes of what shows when a detection is compiled for an environment. */
export const compileCodes: readonly CodeInfo[] = Object.freeze([
  {
    id: 'parameter-name-reserved',
    severity: 'error',
    summary: 'A parameter is not named like a word of KQL.',
    rationale: 'A parameter becomes a `let` statement, which cannot define such a name.',
    examples: { good: [limit], bad: [limit.replace('limit', 'where')] },
  },
  {
    id: 'parameter-type',
    severity: 'error',
    summary: 'The value of a parameter is of its type, in the detection and in every environment.',
    rationale: 'It cannot be written as a KQL literal of that type.',
    examples: { good: [limit], bad: [limit.replace('5', 'five')] },
  },
  {
    id: 'parameter-unknown',
    severity: 'error',
    summary: 'A parameter that an override sets is one of each detection that it selects.',
    rationale: 'The value would be lost, while the query runs with the default.',
    examples: {
      good: [
        `${staging}\n    overrides:\n      - select: {}\n        set: { parameters: { limit: 9 } }\n---\n${limit}`,
      ],
      bad: [
        `${staging}\n    overrides:\n      - select: {}\n        set: { parameters: { limits: 9 } }\n---\n${limit}`,
      ],
    },
  },
  {
    id: 'parameter-undeclared',
    severity: 'warning',
    summary: 'A parameter that an environment sets is declared by some detection.',
    rationale: 'Most often it is misspelt, and the detections run with their defaults.',
    examples: {
      good: [`${staging}\n    parameters:\n      limit: 9\n---\n${limit}`],
      bad: [`${staging}\n    parameters:\n      limits: 9\n---\n${limit}`],
    },
  },
  {
    id: 'override-unused',
    severity: 'warning',
    summary: 'An override selects a detection.',
    rationale: 'Most often its selector is misspelt, or the detection is gone.',
    examples: {
      good: [
        `${staging}\n    overrides:\n      - select: { severity: Medium }\n        set: { enabled: false }`,
      ],
      bad: [
        `${staging}\n    overrides:\n      - select: { tag: none-has-it }\n        set: { enabled: false }`,
      ],
    },
  },
  {
    id: 'api-version-lacks',
    severity: 'error',
    summary: 'The API version of an environment has what its detections need.',
    rationale:
      'Stable versions have no NRT alert rules, for one. Without it an alert would be missing, or lack its entities.',
    remedy:
      'Set `apiVersion` of the environment to a preview, or leave the detection out of it with `exclude`.',
    examples: {
      good: [`${staging}\n---\nkind: NRT`],
      bad: [`${staging}\n    apiVersion: 2025-09-01\n---\nkind: NRT`],
    },
  },
  {
    id: 'api-version-drops',
    severity: 'warning',
    summary: 'The API version of an environment has all that its detections say.',
    rationale:
      'Stable versions have no sub-techniques; they are left out, and their techniques stand in for them.',
    remedy: 'Set `apiVersion` of the environment to a preview.',
    examples: {
      good: [`${staging}\n---\nrelevantTechniques: [T1078.004]`],
      bad: [`${staging}\n    apiVersion: 2025-09-01\n---\nrelevantTechniques: [T1078.004]`],
    },
  },
  {
    id: 'compiled-query-too-long',
    severity: 'error',
    summary: 'A query has at most 10,000 characters with its parameters in front of it.',
    rationale: 'The service refuses an alert rule with a longer one.',
    remedy: 'Keep long lists in a watchlist: `_GetWatchlist("approved-devices")`.',
  },
]);
