import { findChangedScope, isInScope } from '../../src/validate/changed-since.ts';

test('changed detections are the scope', () => {
  expect(findChangedScope(['detections/a.yaml', 'README.md'], undefined)).toEqual(
    new Set(['detections/a.yaml', 'README.md']),
  );
});

test.each([
  'kustodian.yaml',
  'schemas/detection.schema.json',
  'schemas/tables/custom/Agent_CL.json',
  'functions/normalise.kql',
  'package-lock.json',
  'src/checks/registry.ts',
  '.kustodian-baseline.json',
])('a change of %s may alter the findings of every file', (file) => {
  expect(findChangedScope(['detections/a.yaml', file], '.kustodian-baseline.json')).toBeUndefined();
});

test.each(['detections/kustodian.yaml', 'docs/schemas/a.json', 'my-src/a.ts'])(
  '%s decides nothing',
  (file) => {
    expect(findChangedScope([file], undefined)).toEqual(new Set([file]));
  },
);

test('a finding is in scope by its file, and by a file that it refers to', () => {
  const twin = { file: 'b.yaml', message: 'first used here' };
  const finding = {
    code: 'duplicate-id',
    severity: 'error',
    message: 'm',
    file: 'a.yaml',
    related: [twin],
  } as const;
  expect(['a.yaml', 'b.yaml', 'c.yaml'].map((file) => isInScope(finding, new Set([file])))).toEqual([
    true,
    true,
    false,
  ]);
});
