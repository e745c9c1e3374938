import type { Diagnostic } from '../core/diagnostic.ts';
import { hasQuery } from '../checks/detection-kinds.ts';
import type { TestingConfig } from '../detection/config.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { LoadedTests } from './load-tests.ts';
import { isFiring } from './expected-outcome.ts';

/** What a detection lacks of the scenarios that are asked of it: those that fire, and those that stay silent. */
export function findMissingScenarios(
  loaded: LoadedDetection,
  tests: LoadedTests | undefined,
  { firing, silent, status }: TestingConfig['minScenarios'],
): readonly Diagnostic[] {
  const { file, detection } = loaded;
  if (!hasQuery(detection)) return [];
  const isAsked = status === 'any' || (detection.status !== undefined && status.includes(detection.status));
  if (!isAsked) return [];
  const outcomes = (tests?.authored.scenarios ?? []).flatMap((scenario) =>
    scenario === null ? [] : [scenario.expect !== 'none' && isFiring(scenario.expect)],
  );
  const fires = outcomes.filter(Boolean).length;
  const lacking = [
    ...(fires < firing ? [`${firing - fires} that fires`] : []),
    ...(outcomes.length - fires < silent ? [`${silent - (outcomes.length - fires)} that stays silent`] : []),
  ];
  if (lacking.length === 0) return [];
  return [
    {
      code: 'scenario-missing',
      severity: 'warning',
      message: `the detection lacks scenarios: ${lacking.join(' and ')}`,
      file,
      span: loaded.spanOf(detection.status === undefined ? '/name' : '/status'),
      hint:
        tests === undefined
          ? `write ${file.replace(/\.ya?ml$/i, '.tests.yaml')}; docs/testing.md says how`
          : `add them to ${tests.file}`,
    },
  ];
}
