import type { Check } from '../../src/checks/check.ts';
import { techniqueFormat } from '../../src/checks/technique-format.ts';
import { techniqueOutsideTactics } from '../../src/checks/technique-outside-tactics.ts';
import { techniqueReplaced } from '../../src/checks/technique-replaced.ts';
import { techniqueUnknown } from '../../src/checks/technique-unknown.ts';
import { techniqueUnverified } from '../../src/checks/technique-unverified.ts';
import { runChecks } from '../../src/checks/run-checks.ts';
import type { Tactic } from '../../src/sentinel/vocabulary.ts';
import {
  buildHunting,
  buildIncidentCreation,
  buildLoaded,
  buildScheduled,
} from '../support/build-detection.ts';
import { findingsOf, placesOf } from '../support/findings-of.ts';

const techniqueChecks: readonly Check[] = [
  techniqueFormat,
  techniqueUnknown,
  techniqueUnverified,
  techniqueReplaced,
  techniqueOutsideTactics,
];

test.each<[string, Tactic[], string[]]>([
  ['T1059', ['Execution'], []],
  ['T1059.001', ['Execution'], []],
  ['T1059.099', ['Execution'], ['technique-unverified']],
  ['T1059.099', ['Impact'], ['technique-outside-tactics', 'technique-unverified']],
  ['T0843', ['LateralMovement'], []],
  ['T1417.001', ['Collection'], []],
  ['T1587.001', ['PreAttack'], []],
  ['T1078', ['Persistence'], []],
  ['T1078', ['Discovery'], ['technique-outside-tactics']],
  ['T1078', [], ['technique-outside-tactics']],
  ['T1676', ['Execution'], []],
  ['T1086', ['Discovery'], ['technique-replaced']],
  ['T1574.002', ['Discovery'], ['technique-replaced']],
  ['T1150', ['DefenseEvasion'], ['technique-replaced']],
  ['T1700', ['Execution'], ['technique-unverified']],
  ['T1700.001', ['Execution'], ['technique-unverified']],
  ['T1999', ['Execution'], ['technique-unknown']],
  ['T9999', ['Execution'], ['technique-unknown']],
  ['T1235.001', ['Execution'], ['technique-unknown']],
  ['NONE', ['Execution'], ['technique-format']],
  ['T105', ['Execution'], ['technique-format']],
  ['', ['Execution'], ['technique-format']],
])('technique %j under %j', (technique, tactics, codes) => {
  const loaded = buildLoaded(buildScheduled({ techniques: [technique], tactics }));
  const found = runChecks({ loaded }, techniqueChecks).map((diagnostic) => diagnostic.code);
  expect(found).toEqual(codes);
});

test('each technique is found at its own place', () => {
  const detection = buildScheduled({ techniques: ['T1078', 'T1999', 'T1078.004', 'T1998'] });
  expect(placesOf(techniqueUnknown, detection)).toEqual(['/relevantTechniques/1', '/relevantTechniques/3']);
});

test('a replaced technique names its replacement', () => {
  expect(findingsOf(techniqueReplaced, buildScheduled({ techniques: ['T1150'] }))).toEqual([
    {
      at: '/relevantTechniques/0',
      message: 'technique "T1150" was replaced by T1647 (Plist File Modification)',
      hint: 'use T1647',
    },
  ]);
});

test('a technique outside its tactics names them', () => {
  const detection = buildScheduled({ techniques: ['T1053.005'], tactics: ['Impact'] });
  expect(findingsOf(techniqueOutsideTactics, detection)).toEqual([
    {
      at: '/relevantTechniques/0',
      message:
        'technique "T1053.005" (Scheduled Task) serves Execution or Persistence or PrivilegeEscalation, ' +
        'which tactics does not list',
      hint: 'add Execution or Persistence or PrivilegeEscalation to tactics, or take the technique out',
    },
  ]);
});

test('in a hunting query what is an error elsewhere is a warning', () => {
  const techniques = ['NONE', 'T1999'];
  const severities = (loaded = buildLoaded(buildScheduled({ techniques }))) =>
    runChecks({ loaded }, techniqueChecks).map(({ code, severity }) => `${severity} ${code}`);
  expect(severities()).toEqual(['error technique-format', 'error technique-unknown']);
  expect(severities(buildLoaded(buildHunting({ techniques })))).toEqual([
    'warning technique-format',
    'warning technique-unknown',
  ]);
});

test('a detection without a query has no techniques', () => {
  for (const check of techniqueChecks) expect(placesOf(check, buildIncidentCreation())).toEqual([]);
});
