import type { SourceSpan } from '../../src/core/diagnostic.ts';
import type {
  Detection,
  HuntingQuery,
  IncidentCreationDetection,
  NrtDetection,
  ScheduledDetection,
} from '../../src/detection/detection.ts';
import type { LoadedDetection } from '../../src/detection/loaded-detection.ts';

const named = {
  id: '5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11',
  name: 'Sign-in from a blocked country',
  description: 'Identifies successful sign-ins from countries that the company does not work in.',
  version: '1.0.0',
  tags: [],
  falsePositives: [],
} as const;

const querying = {
  ...named,
  query: 'SigninLogs\n| where ResultType == "0"\n',
  parameters: [],
  tactics: ['InitialAccess'],
  techniques: ['T1078'],
  requiredDataConnectors: [{ connectorId: 'AzureActiveDirectory', dataTypes: ['SigninLogs'] }],
  entityMappings: [
    { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'UserPrincipalName' }] },
  ],
} as const;

const alerting = {
  ...querying,
  severity: 'Medium',
  enabled: true,
  suppressionEnabled: false,
  suppressionDuration: 'PT1H',
  sentinelEntitiesMappings: [],
} as const;

/** A Scheduled detection in which no check finds anything, with some members replaced. */
export function buildScheduled(overrides: Partial<ScheduledDetection> = {}): ScheduledDetection {
  return {
    ...alerting,
    kind: 'Scheduled',
    queryFrequency: 'PT1H',
    queryPeriod: 'PT1H',
    triggerOperator: 'GreaterThan',
    triggerThreshold: 0,
    ...overrides,
  };
}

/** A near-real-time detection in which no check finds anything, with some members replaced. */
export function buildNrt(overrides: Partial<NrtDetection> = {}): NrtDetection {
  return { ...alerting, kind: 'NRT', ...overrides };
}

/** A hunting query in which no check finds anything, with some members replaced. */
export function buildHunting(overrides: Partial<HuntingQuery> = {}): HuntingQuery {
  return { ...querying, kind: 'Hunting', ...overrides };
}

/** A MicrosoftSecurityIncidentCreation detection in which no check finds anything, with some members replaced. */
export function buildIncidentCreation(
  overrides: Partial<IncidentCreationDetection> = {},
): IncidentCreationDetection {
  return {
    ...named,
    kind: 'MicrosoftSecurityIncidentCreation',
    enabled: true,
    productFilter: 'Microsoft Cloud App Security',
    ...overrides,
  };
}

/** The whole of a one-line text, which is where `buildLoaded` puts everything. */
export const builtSpan: SourceSpan = {
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 2, offset: 1 },
};

/**
 * A detection as the loader would give it, without YAML: every pointer has `builtSpan`, and a stretch of a value from `start`
 * to `end` is at those offsets of the first line. `data` is the document's, where a test looks into it.
 */
export function buildLoaded(
  detection: Detection,
  { file = 'detections/built.yaml', data }: { readonly file?: string; readonly data?: unknown } = {},
): LoadedDetection {
  return {
    file,
    detection,
    spanOf: () => builtSpan,
    document: {
      file,
      text: '#',
      data: data ?? { id: detection.id, name: detection.name, kind: detection.kind },
      scalarText: () => undefined,
      spanOf: () => builtSpan,
      spanWithin: (_pointer, start, end) => ({
        start: { line: 1, column: start + 1, offset: start },
        end: { line: 1, column: end + 1, offset: end },
      }),
    },
  };
}
