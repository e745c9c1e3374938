import type { Environment } from '../../src/detection/config.ts';
import { defaultApiVersion } from '../../src/sentinel/api-versions.ts';
import { builtSpan } from './build-detection.ts';

/** An environment called staging that changes nothing, with some members replaced. Every pointer has `builtSpan`. */
export function buildEnvironment(overrides: Partial<Environment> = {}): Environment {
  const { name = 'staging' } = overrides;
  return {
    name,
    cloud: 'local',
    isProtected: false,
    subscriptionId: '00000000-0000-0000-0000-000000000000',
    resourceGroup: 'local',
    workspace: 'local',
    apiVersion: defaultApiVersion,
    select: [],
    exclude: [],
    prune: 'delete',
    limits: {},
    overrides: [],
    parameters: {},
    source: { file: 'kustodian.yaml', pointer: `/environments/${name}`, spanOf: () => builtSpan },
    ...overrides,
  };
}
