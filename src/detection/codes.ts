import type { CodeInfo } from '../core/code-info.ts';

/** The codes of what can be wrong with a file before a check looks at it, in the order in which a reader comes upon them. */
export const detectionCodes: readonly CodeInfo[] = Object.freeze([
  {
    id: 'file-too-large',
    severity: 'error',
    summary: 'A file has at most 1 MiB.',
    rationale:
      'A detection is a small file. A larger one is something else, or an attack on whoever parses it.',
    remedy: 'Move it out of the folder of the detections.',
  },
  {
    id: 'not-utf8',
    severity: 'error',
    summary: 'A file is UTF-8, with or without a byte order mark.',
    rationale:
      'Read in another encoding, names and literals of the query would not be those that were written.',
    remedy: 'Save it as UTF-8. A file of Windows PowerShell 5 is often UTF-16.',
  },
  {
    id: 'empty-file',
    severity: 'error',
    summary: 'A file holds a detection.',
    rationale: 'An empty file is what remains of a detection that was lost in an editor or a merge.',
    remedy: 'Write the detection, or delete the file.',
  },
  {
    id: 'several-documents',
    severity: 'error',
    summary: 'A file holds one YAML document.',
    rationale: 'What follows the second `---` would be lost.',
    remedy: 'Give each detection a file of its own.',
  },
  {
    id: 'yaml-syntax',
    severity: 'error',
    summary: 'A file is YAML.',
    rationale: 'Nothing in a file can be relied on if its structure cannot be read.',
    examples: {
      good: ['description: |\n  Sign-ins: too many of them.'],
      bad: ['description: Sign-ins: too many of them.', 'query: |\n\tSigninLogs'],
    },
  },
  {
    id: 'yaml-too-complex',
    severity: 'error',
    summary: 'YAML nests up to 64 levels and comes to at most 4 MiB with its aliases written out.',
    rationale: 'Aliases of aliases turn a short file into gigabytes.',
    remedy: 'Write the values out, or use fewer aliases.',
  },
  {
    id: 'duplicate-key',
    severity: 'error',
    summary: 'No key stands twice in one mapping.',
    rationale: 'Only one of the values would count, and readers of YAML differ over which.',
    examples: { good: ['severity: High'], bad: ['severity: High\nseverity: Low'] },
  },
  {
    id: 'unknown-alias',
    severity: 'error',
    summary: 'An alias names an anchor that stands before it.',
    rationale: 'There is no value to put in its place. Often it is text that happens to start with `*`.',
    examples: { good: ['tags: ["*admin*"]'], bad: ['tags: [*admin]'] },
  },
  {
    id: 'unsupported-tag',
    severity: 'error',
    summary: 'A tag is one of YAML’s core schema and fits its value.',
    rationale: 'Other tags mean something to one program only. Here the value would be read as another one.',
    examples: { good: ['version: 1.0.0'], bad: ['version: !semver 1.0.0'] },
  },
  {
    id: 'misspelt-key',
    severity: 'error',
    summary: 'No key nearly is a key of the format.',
    rationale: 'The key that it was meant to be would be missing, and its value be lost without a word.',
    examples: {
      good: ['customDetails:\n  Country: Location'],
      bad: ['customDetail:\n  Country: Location'],
    },
  },
  {
    id: 'unknown-key',
    severity: 'error',
    milder: { severity: 'warning', where: 'in a detection' },
    summary: 'Every key is one of the format.',
    rationale:
      'The value of another key has no effect. In a detection it may be a note for another tool; in kustodian.yaml it ' +
      'is a setting that somebody relies on.',
    examples: { good: ['tags: [finance]'], bad: ['businessUnit: finance'] },
  },
  {
    id: 'key-without-effect',
    severity: 'warning',
    summary: 'Every key means something for the kind of the detection.',
    rationale: 'A hunting query has no schedule and raises no alert: what is said of either has no effect.',
    examples: {
      good: ['# hunting query\nquery: SigninLogs | take 10'],
      bad: ['# hunting query\ncustomDetails:\n  Country: Location'],
    },
  },
  {
    id: 'missing-key',
    severity: 'error',
    milder: { severity: 'warning', where: 'in a connector without an id' },
    summary: 'Every key that the kind of the detection needs is there.',
    rationale: 'The service refuses an alert rule without them, and has no defaults.',
    examples: {
      good: ['kind: NRT'],
      bad: [
        'entityMappings:\n  - fieldMappings:\n      - identifier: FullName\n        columnName: UserPrincipalName',
      ],
    },
  },
  {
    id: 'missing-value',
    severity: 'error',
    summary: 'A key that is needed has a value.',
    rationale: 'An empty value is sent as null, which the service refuses.',
    examples: {
      good: ['customDetails:\n  Country: Location'],
      bad: ['customDetails:\n  Country:'],
    },
  },
  {
    id: 'wrong-type',
    severity: 'error',
    summary: 'A value is of the type that its key has.',
    rationale:
      'The service refuses text for a number, or a list for a mapping. In YAML 1.2, `yes` and `no` are text.',
    examples: { good: ['enabled: false'], bad: ['enabled: no', 'triggerThreshold: "5"'] },
  },
  {
    id: 'invalid-value',
    severity: 'error',
    summary: 'A value is one that its key allows.',
    rationale:
      'The service refuses a severity or a kind that it does not have, and a workspace without a valid name.',
    examples: { good: ['severity: High'], bad: ['severity: Severe'] },
  },
  {
    id: 'invalid-duration',
    severity: 'error',
    summary: 'A duration has a number and a unit, or is one by ISO 8601 or a .NET TimeSpan.',
    rationale: 'The service takes ISO 8601. A number alone is days to some readers and an error to others.',
    examples: { good: ['queryFrequency: 1h'], bad: ['queryFrequency: 60', 'queryPeriod: 1 hour'] },
  },
  {
    id: 'invalid-name',
    severity: 'error',
    summary: 'What an author names, a parameter or an environment, has a name that can be used.',
    rationale: 'A parameter becomes a `let` statement, an environment an argument on the command line.',
    examples: {
      good: ['parameters:\n  limit:\n    type: long\n    default: 5'],
      bad: ['parameters:\n  the limit:\n    type: long\n    default: 5'],
    },
  },
  {
    id: 'too-few-items',
    severity: 'error',
    summary: 'A list or mapping that needs something in it is not empty.',
    rationale: 'Empty, it would be refused by the service, or mean nothing.',
    examples: {
      good: ['# kustodian.yaml\nowner: contoso-soc\nenvironments:\n  local:\n    cloud: local'],
      bad: ['# kustodian.yaml\nowner: contoso-soc\nenvironments: {}'],
    },
  },
  {
    id: 'unknown-entity-type',
    severity: 'error',
    summary: 'An entity type is one that Sentinel has.',
    rationale: 'The service refuses a mapping to any other.',
    examples: {
      good: [
        'entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IPAddress',
      ],
      bad: [
        'entityMappings:\n  - entityType: IPAddress\n    fieldMappings:\n      - identifier: Address\n        columnName: IPAddress',
      ],
    },
  },
  {
    id: 'unknown-tactic',
    severity: 'error',
    milder: { severity: 'warning', where: 'in a hunting query' },
    summary: 'A tactic is one of ATT&CK, in any spelling.',
    rationale:
      'The service refuses any other in an alert rule. Published hunting queries hold free text there, which is left out.',
    examples: { good: ['tactics: [Initial Access]'], bad: ['tactics: [Hacking]'] },
  },
  {
    id: 'exclusion-not-supported',
    severity: 'error',
    summary: 'A false positive has no `exclusion` yet.',
    rationale:
      'The key is reserved. Its filter would have no effect, while its author believes that it does.',
    remedy: 'Put the filter into the query, and say so under `mitigation`.',
  },
  {
    id: 'nothing-to-deploy',
    severity: 'warning',
    summary: 'A file has a query, or a kind that needs none.',
    rationale:
      'Without them a file only says that its detection moved elsewhere. A query that was lost in a merge looks just alike.',
    remedy: 'Write the query, or delete the file.',
  },
]);
