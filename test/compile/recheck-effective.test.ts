import { applyEnvironment } from '../../src/compile/apply-environment.ts';
import { recheckEffective } from '../../src/compile/recheck-effective.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { parseDuration } from '../../src/core/duration.ts';
import type { LoadedDetection } from '../../src/detection/loaded-detection.ts';
import { loadStaging, loadYaml } from '../support/load-fixture.ts';

const detection = `id: 1f3c9a52-6f0e-4d57-8a55-0d8f2c1b7e11
name: Host
kind: Scheduled
severity: Low
query: Heartbeat
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
`;

/** Two rules of the service, in the form that checks have. */
function check(loaded: LoadedDetection): readonly Diagnostic[] {
  if (loaded.detection.kind !== 'Scheduled') return [];
  const { queryFrequency, queryPeriod, enabled } = loaded.detection;
  const finding = (code: string, pointer: string): Diagnostic => ({
    code,
    severity: 'error',
    message: `${code}: ${queryFrequency}, ${queryPeriod}`,
    file: loaded.file,
    span: loaded.spanOf(pointer),
  });
  const seconds = (text: string): number => parseDuration(text) ?? 0;
  return [
    ...(seconds(queryPeriod) < seconds(queryFrequency) ? [finding('period-shorter', '/queryFrequency')] : []),
    ...(enabled ? [] : [finding('is-disabled', '')]),
  ];
}

function recheck(yaml: string, environment: string): readonly Diagnostic[] {
  return recheckEffective(applyEnvironment(loadYaml(yaml), loadStaging(environment)).effective, check);
}

test('a detection that the environment does not change is not checked again', () => {
  const { effective } = applyEnvironment(loadYaml(detection), loadStaging(''));
  const never = (): never => {
    throw new Error('was called');
  };
  expect(recheckEffective(effective, never)).toEqual([]);
});

test('what an override brings about is found where it sets the value, and points at the detection', () => {
  const found = recheck(
    detection,
    '    overrides:\n      - select: {}\n        set:\n          queryFrequency: 2h\n          triggerThreshold: 5\n',
  );
  expect(found).toMatchObject([
    {
      code: 'period-shorter',
      message: 'period-shorter: PT2H, PT1H (in environment "staging")',
      file: 'kustodian.yaml',
      span: { start: { line: 8, column: 27 } },
      related: [
        { file: 'detections/x.yaml', span: { start: { line: 6 } }, message: 'the detection is here' },
      ],
    },
  ]);
});

test('a finding about a value that no override sets is found at the last one that sets any', () => {
  const found = recheck(detection, '    overrides:\n      - { select: {}, set: { queryPeriod: 30m } }\n');
  expect(found).toMatchObject([
    { code: 'period-shorter', file: 'kustodian.yaml', span: { start: { line: 6 } } },
  ]);
});

test('what is wrong without the environment is not found again', () => {
  const environment = '    overrides:\n      - { select: {}, set: { triggerThreshold: 3 } }\n';
  expect(recheck(`${detection}enabled: false\n`, environment)).toEqual([]);
});
