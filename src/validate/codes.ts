import { checkCodes } from '../checks/check-codes.ts';
import { compileCodes } from '../compile/codes.ts';
import type { CodeGroup, CodeInfo } from '../core/code-info.ts';
import { detectionCodes } from '../detection/codes.ts';
import { engineCodes } from '../engine/codes.ts';
import { testingCodes } from '../testing/codes.ts';
import { kqlCodes } from '../kql/codes.ts';

const validateCodes: readonly CodeInfo[] = [
  {
    id: 'file-unreadable',
    severity: 'error',
    summary: 'A file can be read.',
    rationale: 'A detection that cannot be read would look like one that was deleted.',
    remedy: 'Check the permissions of the file.',
  },
  {
    id: 'parameter-shadowed',
    severity: 'error',
    summary: 'A parameter is not named like a column, a `let`, a table or a function of its query.',
    rationale:
      'KQL takes one for the other and says nothing: either the value of the parameter is lost or the column is.',
    examples: {
      good: ['parameters:\n  blocked:\n    type: string\n    default: XX'],
      bad: ['parameters:\n  Location:\n    type: string\n    default: XX'],
    },
  },
  {
    id: 'no-result',
    severity: 'error',
    summary: 'A function under functions/ returns a table.',
    rationale: 'A query that calls it could not be bound: nothing would be known of its columns.',
    remedy: 'End the function in an expression such as `SigninLogs | where …`, behind its last `let`.',
  },
  {
    id: 'invalid-suppression',
    severity: 'error',
    summary: 'A `kustodian-ignore` names a code that can be suppressed, and gives a reason.',
    rationale:
      'Whoever wrote it believes that it works. What the service refuses cannot be suppressed; without a reason nobody ' +
      'knows when it may go.',
    examples: {
      good: ['name: Sign-in # kustodian-ignore duplicate-name: the twin is retired in May'],
      bad: [
        'name: Sign-in # kustodian-ignore duplicate-name',
        'name: Sign-in # kustodian-ignore duplicate-id: both are needed',
      ],
    },
  },
  {
    id: 'unused-suppression',
    severity: 'warning',
    summary: 'A `kustodian-ignore` has something to suppress.',
    rationale: 'What it was for is mended. It would hide the next finding of its kind.',
    examples: {
      good: ['requiredDataConnectors: [] # from a script'],
      bad: ['requiredDataConnectors: [] # kustodian-ignore connectors-missing: from a script'],
    },
  },
  {
    id: 'stale-baseline',
    severity: 'warning',
    summary: 'What the baseline lists is still found.',
    rationale: 'What was mended would be hidden if it came back.',
    remedy: 'Run `kustodian validate --write-baseline`, and commit the file.',
  },
  {
    id: 'missing-baseline',
    severity: 'warning',
    summary: 'The baseline that kustodian.yaml names is there.',
    rationale: 'Without it every known finding is reported.',
    remedy: 'Correct the path, or run `kustodian validate --write-baseline`.',
  },
  {
    id: 'expired-entry',
    severity: 'warning',
    summary: 'A hold or an acknowledgement of drift in kustodian.yaml is not over.',
    rationale: 'It has no effect any more: the next deploy brings the alert rule to what the detection says.',
  },
  {
    id: 'unknown-detection',
    severity: 'error',
    milder: {
      severity: 'warning',
      where: 'where an id is named: the alert rule of a detection that is gone may still be in a workspace',
    },
    summary: 'A hold or an acknowledgement of drift in kustodian.yaml names a detection.',
    rationale: 'It would have no effect, and whoever wrote it believes that it has.',
  },
  {
    id: 'unknown-code',
    severity: 'error',
    summary: 'A code under `checks` of kustodian.yaml exists.',
    rationale: 'The setting would have no effect.',
    examples: {
      good: [
        '# kustodian.yaml\nowner: contoso-soc\nchecks:\n  id-not-guid: off\nenvironments:\n  local:\n    cloud: local',
      ],
      bad: [
        '# kustodian.yaml\nowner: contoso-soc\nchecks:\n  id-no-guid: off\nenvironments:\n  local:\n    cloud: local',
      ],
    },
  },
  {
    id: 'code-not-configurable',
    severity: 'error',
    summary: 'A code under `checks` of kustodian.yaml is not one whose findings the service would refuse.',
    rationale:
      'Less than an error, such a finding would be met again at deployment, or meaning would be lost.',
    examples: {
      good: [
        '# kustodian.yaml\nowner: contoso-soc\nchecks:\n  id-not-guid: error\nenvironments:\n  local:\n    cloud: local',
      ],
      bad: [
        '# kustodian.yaml\nowner: contoso-soc\nchecks:\n  duplicate-id: off\nenvironments:\n  local:\n    cloud: local',
      ],
    },
  },
];

/** Every code that a diagnostic can have, by where it comes from. */
export const codeGroups: readonly CodeGroup[] = Object.freeze([
  { title: 'Checks', codes: checkCodes },
  { title: 'Files', codes: detectionCodes },
  { title: 'Queries', codes: kqlCodes },
  { title: 'Engine', codes: engineCodes },
  { title: 'Environments', codes: compileCodes },
  { title: 'Scenarios', codes: testingCodes },
  { title: 'Validation', codes: validateCodes },
]);

/** Every code that a diagnostic can have. */
export const allCodes: ReadonlyMap<string, CodeInfo> = new Map(
  codeGroups.flatMap(({ codes }) => codes.map((info): [string, CodeInfo] => [info.id, info])),
);
