import type { Environment } from '../../src/detection/config.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { loadTests } from '../../src/testing/load-tests.ts';
import { testMutants, type MutationTest } from '../../src/testing/mutation/test-mutants.ts';
import { testDetection } from '../../src/testing/test-detection.ts';
import { detectionOf } from './run-scenarios.ts';

/** A Scheduled detection with a query of its own, and other settings under those that every detection needs. */
export function detectionWith(query: string, settings = 'queryPeriod: 1h'): string {
  return `id: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01
name: Sign-in
description: Tells of sign-ins.
kind: Scheduled
severity: Medium
queryFrequency: 1h
triggerOperator: gt
triggerThreshold: 0
tactics: [CredentialAccess]
${settings}
query: |
${query.replaceAll(/^/gm, '  ')}
`;
}

/** Breaks a detection in every way and runs the scenarios of a tests file over it, both as text. Throws if one fails by itself. */
export async function runMutants(
  detection: string,
  tests: string,
  environments: ReadonlyMap<string, Environment> = new Map(),
): Promise<MutationTest> {
  const { tests: loaded, diagnostics } = loadTests(
    'detections/x.tests.yaml',
    new TextEncoder().encode(tests),
  );
  if (loaded === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 1));
  const context = { schema: await loadBuiltinSchema(), files: new Map(), environments };
  const test = testDetection(detectionOf(detection), loaded, context);
  const bad = test.results.filter(({ verdict }) => verdict !== 'passed');
  if (bad.length > 0) throw new Error(JSON.stringify([test.diagnostics, bad.map((each) => each.mismatches)]));
  return testMutants(test, loaded, context);
}
