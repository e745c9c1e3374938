import { applyEnvironment } from '../../src/compile/apply-environment.ts';
import { explainOrigins } from '../../src/compile/explain-origins.ts';
import { loadStaging, loadYaml } from '../support/load-fixture.ts';

/** What the explanation says, in a line each: pointer, value, and the place that it comes from. */
function explain(detection: string, environment = ''): readonly string[] {
  const { effective } = applyEnvironment(loadYaml(detection), loadStaging(environment));
  return explainOrigins(effective).map(({ pointer, value, origin }) => {
    const place = origin.from === 'default' ? '' : ` ${origin.file}:${origin.span.start.line}`;
    const reason = 'reason' in origin ? ` (${origin.reason ?? ''})` : '';
    return `${pointer} = ${JSON.stringify(value)} from ${origin.from}${place}${reason}`;
  });
}

test('every value of a Scheduled detection is traced to its line, its default or the environment', () => {
  const lines = explain(
    `id: 1f3c9a52-6f0e-4d57-8a55-0d8f2c1b7e11
name: Host
kind: scheduled
severity: Low
query: Heartbeat | where n > limit and Computer has domain
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
techniques: T1078
parameters:
  limit: { type: long, default: 5 }
  domain: { type: string, default: a }
incidentConfiguration:
  groupingConfiguration: { enabled: true }
`,
    `    parameters: { domain: b }
    overrides:
      - select: {}
        reason: quieter
        set:
          severity: Informational
          incidentConfiguration: { groupingConfiguration: { lookbackDuration: 1h } }
`,
  );
  expect(lines).toEqual([
    '/id = "1f3c9a52-6f0e-4d57-8a55-0d8f2c1b7e11" from detection detections/x.yaml:1',
    '/kind = "Scheduled" from detection detections/x.yaml:3',
    '/name = "Host" from detection detections/x.yaml:2',
    '/enabled = true from default',
    '/severity = "Informational" from override kustodian.yaml:10 (quieter)',
    '/relevantTechniques = ["T1078"] from detection detections/x.yaml:10',
    '/query = "Heartbeat | where n > limit and Computer has domain" from detection detections/x.yaml:5',
    '/parameters/limit/default = 5 from detection detections/x.yaml:12',
    '/parameters/domain/default = "b" from environment-parameter kustodian.yaml:5',
    '/queryFrequency = "PT1H" from detection detections/x.yaml:6',
    '/queryPeriod = "PT1H" from detection detections/x.yaml:7',
    '/triggerOperator = "GreaterThan" from detection detections/x.yaml:8',
    '/triggerThreshold = 0 from detection detections/x.yaml:9',
    '/suppressionEnabled = false from default',
    '/suppressionDuration = "PT1H" from default',
    '/incidentConfiguration/createIncident = true from default',
    '/incidentConfiguration/groupingConfiguration/enabled = true from detection detections/x.yaml:15',
    '/incidentConfiguration/groupingConfiguration/reopenClosedIncident = false from default',
    '/incidentConfiguration/groupingConfiguration/lookbackDuration = "PT1H" from override kustodian.yaml:11 (quieter)',
    '/incidentConfiguration/groupingConfiguration/matchingMethod = "AllEntities" from default',
  ]);
});

test('a hunting query has no more than it says', () => {
  expect(explain('id: a-1\nname: Hunt\ndescription: d\nquery: |\n  Heartbeat\ntactics: [Impact]\n')).toEqual([
    '/id = "a-1" from detection detections/x.yaml:1',
    '/kind = "Hunting" from default',
    '/name = "Hunt" from detection detections/x.yaml:2',
    '/description = "d" from detection detections/x.yaml:3',
    '/tactics = ["Impact"] from detection detections/x.yaml:6',
    '/query = "Heartbeat\\n" from detection detections/x.yaml:5',
  ]);
});

test('an incident creation and an NRT detection have their own fields', () => {
  expect(
    explain(
      'id: a-1\nname: M\nkind: MicrosoftSecurityIncidentCreation\nproductFilter: Azure Security Center\n' +
        'severitiesFilter: [High]\n',
    ),
  ).toEqual([
    '/id = "a-1" from detection detections/x.yaml:1',
    '/kind = "MicrosoftSecurityIncidentCreation" from detection detections/x.yaml:3',
    '/name = "M" from detection detections/x.yaml:2',
    '/enabled = true from default',
    '/productFilter = "Azure Security Center" from detection detections/x.yaml:4',
    '/severitiesFilter = ["High"] from detection detections/x.yaml:5',
  ]);
  const nrt = explain('id: a-1\nname: N\nkind: NRT\nseverity: Low\nquery: T\nenabled: false\n');
  expect(nrt).toContain('/enabled = false from detection detections/x.yaml:6');
  expect(nrt.some((line) => line.startsWith('/queryFrequency'))).toBe(false);
});
