/** @jest-environment ./test/support/kusto-environment.js */
import { completeExample } from '../../src/checks/minimal-detection.ts';
import { applyEnvironment } from '../../src/compile/apply-environment.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { recheckDetection } from '../../src/validate/recheck-detection.ts';
import { loadStaging, loadYaml } from '../support/load-fixture.ts';

const schema = await loadBuiltinSchema();

const yaml = completeExample(`parameters:
  window:
    type: timespan
    default: 70m
queryPeriod: 1d
query: SigninLogs | where TimeGenerated > ago(window)`);

/** `code file:line message` of what an environment brings about. */
function recheck(environment: string): string[] {
  const { effective } = applyEnvironment(loadYaml(yaml), loadStaging(environment));
  return recheckDetection(effective, schema).map(
    ({ code, file, span, message }) => `${code} ${file}:${span?.start.line} ${message}`,
  );
}

test('an environment that changes nothing has no findings of its own', () => {
  expect(recheck('')).toEqual([]);
});

test('a schedule that leaves a gap is found where the environment sets it', () => {
  expect(recheck('    overrides:\n      - select: {}\n        set: { queryFrequency: 2h }\n')).toEqual([
    'window-shorter-than-frequency kustodian.yaml:7 ' +
      'this looks back PT1H10M, but the query runs every PT2H (in environment "staging")',
  ]);
});

test('the value of a parameter is judged as the environment sets it', () => {
  expect(recheck('    parameters:\n      window: 30m\n')).toEqual([
    'window-shorter-than-frequency kustodian.yaml:6 ' +
      'this looks back PT30M, but the query runs every PT1H (in environment "staging")',
  ]);
});

test('what the query is not judged by does not bind it again', () => {
  expect(recheck('    overrides:\n      - select: {}\n        set: { severity: Low }\n')).toEqual([]);
});
