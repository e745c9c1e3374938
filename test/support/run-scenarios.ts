import type { Environment } from '../../src/detection/config.ts';
import { loadDetection } from '../../src/detection/load-detection.ts';
import type { LoadedDetection } from '../../src/detection/loaded-detection.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { loadTests, type FixtureFiles } from '../../src/testing/load-tests.ts';
import { testDetection, type DetectionTest } from '../../src/testing/test-detection.ts';

/** A Scheduled detection that alerts on every failed sign-in of the last hour. */
export const failedSignIns = `id: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01
name: Failed sign-in
description: Tells of failed sign-ins.
kind: Scheduled
severity: Medium
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
tactics: [CredentialAccess]
query: |
  SigninLogs
  | where ResultType != "0"
  | project TimeGenerated, UserPrincipalName, IPAddress, ResultType
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
`;

/** A detection from its text. Throws if it has errors. */
export function detectionOf(text: string): LoadedDetection {
  const result = loadDetection('detections/x.yaml', new TextEncoder().encode(text));
  if (result.type !== 'detection') throw new Error(JSON.stringify(result.diagnostics, undefined, 1));
  return result.loaded;
}

/** Runs the scenarios of a tests file over a detection, both as text. */
export async function runScenarios(
  detection: string,
  tests: string,
  {
    files = new Map(),
    environments = new Map(),
    environment,
  }: {
    readonly files?: FixtureFiles;
    readonly environments?: ReadonlyMap<string, Environment>;
    readonly environment?: string;
  } = {},
): Promise<DetectionTest> {
  const { tests: loaded, diagnostics } = loadTests(
    'detections/x.tests.yaml',
    new TextEncoder().encode(tests),
  );
  if (loaded === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 1));
  const schema = await loadBuiltinSchema();
  return testDetection(detectionOf(detection), loaded, { schema, files, environments, environment });
}

/** Runs one scenario, given as the lines below `- name`. */
export async function runOne(
  scenario: string,
  detection: string = failedSignIns,
  options: Parameters<typeof runScenarios>[2] = {},
): Promise<DetectionTest> {
  const body = scenario
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return runScenarios(detection, `scenarios:\n  - name: it does what it says\n${body}\n`, options);
}
