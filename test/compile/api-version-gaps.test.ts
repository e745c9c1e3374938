import { compileDetection } from '../../src/compile/compile-detection.ts';
import type { Detection } from '../../src/detection/detection.ts';
import { buildIncidentCreation, buildLoaded, buildNrt, buildScheduled } from '../support/build-detection.ts';
import { buildEnvironment } from '../support/build-environment.ts';

const stable = buildEnvironment({ name: 'production', apiVersion: '2025-09-01' });

function compile(detection: Detection): ReturnType<typeof compileDetection> {
  return compileDetection(buildLoaded(detection), stable);
}

test.each<[string, Detection, string]>([
  ['an NRT alert rule', buildNrt(), 'has no NRT alert rules'],
  [
    'entities from a column',
    buildScheduled({ sentinelEntitiesMappings: [{ columnName: 'Entities' }] }),
    'has no sentinelEntitiesMappings; alerts would lack entities',
  ],
  [
    'a Defender product',
    buildIncidentCreation({ productFilter: 'Office 365 Advanced Threat Protection' }),
    'does not know the product "Office 365 Advanced Threat Protection"',
  ],
])('under a stable api-version %s is an error', (_, detection, message) => {
  const { resource, diagnostics } = compile(detection);
  expect(resource).toBeUndefined();
  expect(diagnostics).toEqual([
    expect.objectContaining({
      code: 'api-version-lacks',
      severity: 'error',
      message: `api-version "2025-09-01" of environment "production" ${message}`,
      file: 'detections/built.yaml',
      related: [expect.objectContaining({ file: 'kustodian.yaml' })],
    }),
  ]);
});

test('under a stable api-version sub-techniques are left out with a warning, and their techniques stay', () => {
  const { resource, diagnostics } = compile(buildScheduled({ techniques: ['T1021.001', 'T1078'] }));
  expect(diagnostics).toEqual([
    expect.objectContaining({
      code: 'api-version-drops',
      severity: 'warning',
      message:
        'api-version "2025-09-01" of environment "production" has no sub-techniques; T1021.001 will be left out',
    }),
  ]);
  expect(resource?.body.properties).toHaveProperty('techniques', ['T1021', 'T1078']);
  expect(resource?.body.properties).not.toHaveProperty('subTechniques');
});

test('under a stable api-version the SubTechniques property is left out with a warning, and the others stay', () => {
  const { resource, diagnostics } = compile(
    buildScheduled({
      alertDetailsOverride: {
        alertDynamicProperties: [
          { alertProperty: 'AlertLink', value: 'Link' },
          { alertProperty: 'SubTechniques', value: 'Sub' },
        ],
      },
    }),
  );
  expect(diagnostics).toEqual([expect.objectContaining({ code: 'api-version-drops', severity: 'warning' })]);
  expect(resource?.body.properties).toHaveProperty('alertDetailsOverride', {
    alertDynamicProperties: [{ alertProperty: 'AlertLink', value: 'Link' }],
  });
});

test('a detection that needs no preview compiles under a stable api-version', () => {
  const { resource, diagnostics } = compile(buildScheduled());
  expect(diagnostics).toEqual([]);
  expect(resource).toBeDefined();
});
