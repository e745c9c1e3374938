import { applyEnvironment } from '../../src/compile/apply-environment.ts';
import type { Override, OverrideValues } from '../../src/detection/config.ts';
import type { Detection } from '../../src/detection/detection.ts';
import {
  buildHunting,
  buildIncidentCreation,
  buildLoaded,
  buildNrt,
  buildScheduled,
} from '../support/build-detection.ts';
import { buildEnvironment } from '../support/build-environment.ts';

function apply(detection: Detection, ...overrides: readonly Override[]): ReturnType<typeof applyEnvironment> {
  return applyEnvironment(buildLoaded(detection), buildEnvironment({ overrides }));
}

function everywhere(set: OverrideValues, reason?: string): Override {
  return { select: {}, set, ...(reason === undefined ? {} : { reason }) };
}

const schedule: OverrideValues = {
  enabled: false,
  severity: 'Low',
  queryFrequency: 'PT5M',
  queryPeriod: 'P1D',
  triggerOperator: 'Equal',
  triggerThreshold: 7,
  suppressionEnabled: true,
  suppressionDuration: 'PT2H',
};

test('an environment that sets nothing leaves the detection as it is', () => {
  const detection = buildScheduled();
  const { effective, diagnostics } = apply(detection);
  expect(effective.detection).toEqual(detection);
  expect(effective.origins.size).toBe(0);
  expect(diagnostics).toEqual([]);
});

test('every field of a Scheduled detection that can be overridden is', () => {
  expect(apply(buildScheduled(), everywhere(schedule)).effective.detection).toEqual({
    ...buildScheduled(),
    ...schedule,
  });
});

test.each<[string, Detection, object]>([
  [
    'NRT',
    buildNrt(),
    { enabled: false, severity: 'Low', suppressionEnabled: true, suppressionDuration: 'PT2H' },
  ],
  ['an incident creation', buildIncidentCreation(), { enabled: false }],
  ['a hunting query', buildHunting(), {}],
])('fields that %s does not have are left out for it', (_, detection, changed) => {
  const { effective, diagnostics } = apply(detection, everywhere(schedule));
  expect(effective.detection).toEqual({ ...detection, ...changed });
  expect([...effective.origins.keys()].sort()).toEqual(
    Object.keys(changed)
      .map((key) => `/${key}`)
      .sort(),
  );
  expect(diagnostics).toEqual([]);
});

test('a later override wins, and an override that does not select the detection does nothing', () => {
  const { effective } = apply(
    buildScheduled({ tags: ['windows'] }),
    { select: { tag: ['windows'] }, set: { severity: 'High', triggerThreshold: 1 } },
    { select: { tag: ['linux'] }, set: { severity: 'Informational' } },
    everywhere({ severity: 'Low' }, 'test systems'),
  );
  expect(effective.detection).toMatchObject({ severity: 'Low', triggerThreshold: 1 });
  expect(effective.origins.get('/severity')).toMatchObject({
    from: 'override',
    environment: 'staging',
    file: 'kustodian.yaml',
    pointer: '/environments/staging/overrides/2/set/severity',
    reason: 'test systems',
  });
  expect(effective.origins.get('/triggerThreshold')).toMatchObject({
    pointer: '/environments/staging/overrides/0/set/triggerThreshold',
  });
});

test('selectors look at the detection as authored, not as earlier overrides left it', () => {
  const { effective } = apply(
    buildScheduled({ severity: 'High' }),
    everywhere({ severity: 'Low' }),
    { select: { severity: ['High'] }, set: { enabled: false } },
    { select: { severity: ['Low'] }, set: { triggerThreshold: 9 } },
  );
  expect(effective.detection).toMatchObject({ severity: 'Low', enabled: false, triggerThreshold: 0 });
});

describe('incident settings', () => {
  const authored = {
    createIncident: true,
    groupingConfiguration: {
      enabled: true,
      reopenClosedIncident: true,
      lookbackDuration: 'PT1H',
      matchingMethod: 'Selected',
      groupByEntities: ['Account'],
    },
  } as const;

  test('are merged member by member', () => {
    const { effective } = apply(
      buildNrt({ incidentConfiguration: authored }),
      everywhere({ incidentConfiguration: { groupingConfiguration: { lookbackDuration: 'P1D' } } }),
      everywhere({ incidentConfiguration: { createIncident: false } }),
    );
    expect(effective.detection).toMatchObject({
      incidentConfiguration: {
        createIncident: false,
        groupingConfiguration: { ...authored.groupingConfiguration, lookbackDuration: 'P1D' },
      },
    });
    expect([...effective.origins.keys()]).toEqual([
      '/incidentConfiguration/groupingConfiguration/lookbackDuration',
      '/incidentConfiguration/createIncident',
    ]);
  });

  test('start from the defaults where the author says nothing', () => {
    const { effective } = apply(
      buildScheduled(),
      everywhere({ incidentConfiguration: { groupingConfiguration: { enabled: true } } }),
    );
    expect(effective.detection).toMatchObject({
      incidentConfiguration: {
        createIncident: true,
        groupingConfiguration: {
          enabled: true,
          reopenClosedIncident: false,
          lookbackDuration: 'PT5H',
          matchingMethod: 'AllEntities',
        },
      },
    });
  });

  test('can be only whether alerts become incidents', () => {
    const { effective } = apply(
      buildScheduled(),
      everywhere({ incidentConfiguration: { createIncident: false } }),
    );
    expect(effective.detection).toHaveProperty('incidentConfiguration', { createIncident: false });
  });
});

describe('parameters', () => {
  const detection = buildHunting({
    parameters: [
      { name: 'limit', type: 'long', default: 5 },
      { name: 'toString', type: 'string', default: 'x' },
    ],
  });

  test('take the value of the environment, and above it that of the last override', () => {
    const environment = buildEnvironment({
      parameters: { limit: 10, other: 'unused' },
      overrides: [everywhere({ parameters: { limit: 20 } }), everywhere({ parameters: { limit: 30 } })],
    });
    const { effective, diagnostics } = applyEnvironment(buildLoaded(detection), environment);
    expect(diagnostics).toEqual([]);
    expect(effective.detection).toHaveProperty('parameters.0', { name: 'limit', type: 'long', default: 30 });
    expect(effective.detection).toHaveProperty('parameters.1.default', 'x');
    expect([...effective.origins]).toEqual([
      [
        '/parameters/limit/default',
        expect.objectContaining({
          from: 'override',
          pointer: '/environments/staging/overrides/1/set/parameters/limit',
        }),
      ],
    ]);
  });

  test('that only the environment sets point there', () => {
    const environment = buildEnvironment({ parameters: { limit: 10 } });
    const { effective } = applyEnvironment(buildLoaded(detection), environment);
    expect(effective.origins.get('/parameters/limit/default')).toMatchObject({
      from: 'environment-parameter',
      pointer: '/environments/staging/parameters/limit',
    });
  });

  test('refuse a value that is not of their type, where it was set', () => {
    const environment = buildEnvironment({
      parameters: { limit: 'ten' },
      overrides: [everywhere({ parameters: { limit: 1.5 } })],
    });
    const { diagnostics } = applyEnvironment(buildLoaded(detection), environment);
    expect(diagnostics).toMatchObject([
      {
        code: 'parameter-type',
        severity: 'error',
        file: 'kustodian.yaml',
        message: '"ten" is no long, the type of parameter "limit"',
        hint: 'write a whole number',
      },
      { message: '1.5 is no long, the type of parameter "limit"' },
    ]);
  });

  test('that the detection does not have are errors, with the nearest name', () => {
    const { diagnostics } = apply(detection, everywhere({ parameters: { limt: 20 } }));
    expect(diagnostics).toMatchObject([
      {
        code: 'parameter-unknown',
        severity: 'error',
        file: 'kustodian.yaml',
        message: '"detections/built.yaml", which this override selects, has no parameter "limt"',
        hint: 'did you mean "limit"?',
      },
    ]);
  });

  test('are unknown to a kind without a query', () => {
    const { diagnostics } = apply(buildIncidentCreation(), everywhere({ parameters: { limit: 20 } }));
    expect(diagnostics).toMatchObject([
      { code: 'parameter-unknown', hint: 'narrow the override to detections that have it' },
    ]);
  });
});
