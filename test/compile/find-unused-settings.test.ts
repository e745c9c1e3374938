import { findUnusedSettings } from '../../src/compile/find-unused-settings.ts';
import { buildIncidentCreation, buildLoaded, buildScheduled } from '../support/build-detection.ts';
import { buildEnvironment } from '../support/build-environment.ts';

const all = [
  buildLoaded(buildScheduled({ parameters: [{ name: 'limit', type: 'long', default: 5 }] })),
  buildLoaded(buildIncidentCreation()),
];

test('settings that some detection takes are fine', () => {
  const environment = buildEnvironment({
    overrides: [{ select: { kind: ['Scheduled'] }, set: { enabled: false } }],
    parameters: { limit: 10 },
  });
  expect(findUnusedSettings(environment, all)).toEqual([]);
});

test('an override that selects no detection is a warning', () => {
  const environment = buildEnvironment({
    overrides: [{ select: { path: ['detection/**'] }, set: { enabled: false } }],
  });
  expect(findUnusedSettings(environment, all)).toMatchObject([
    {
      code: 'override-unused',
      severity: 'warning',
      message: 'this override of environment "staging" selects no detection',
      file: 'kustodian.yaml',
    },
  ]);
});

test('a parameter that no detection declares is a warning, with the nearest name', () => {
  const environment = buildEnvironment({ parameters: { limits: 10, unrelated: 1 } });
  expect(findUnusedSettings(environment, all)).toMatchObject([
    {
      code: 'parameter-undeclared',
      severity: 'warning',
      message: 'no detection declares the parameter "limits" of environment "staging"',
      hint: 'did you mean "limit"?',
    },
    { code: 'parameter-undeclared', hint: 'remove it' },
  ]);
});
