import { loadDetection } from '../../src/detection/load-detection.ts';
import type { Detection } from '../../src/detection/detection.ts';
import {
  bytesOf,
  cut,
  huntingYaml as hunting,
  loadedOf,
  loadText,
  scheduledYaml as scheduled,
  summarise,
  testFile,
  withKey,
} from '../support/load-text.ts';

function detectionOf(text: string): Detection {
  return loadedOf(text).detection;
}

describe('each kind, with the defaults filled in', () => {
  test('a Scheduled detection', () => {
    expect(detectionOf(scheduled)).toEqual({
      kind: 'Scheduled',
      id: '5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11',
      name: 'Sign-in from a blocked country',
      tags: [],
      falsePositives: [],
      query: 'SigninLogs\n| take 1\n',
      parameters: [],
      tactics: [],
      techniques: [],
      entityMappings: [],
      sentinelEntitiesMappings: [],
      severity: 'High',
      enabled: true,
      suppressionEnabled: false,
      suppressionDuration: 'PT1H',
      queryFrequency: 'PT1H',
      queryPeriod: 'P1D',
      triggerOperator: 'GreaterThan',
      triggerThreshold: 0,
    });
  });

  test('an NRT detection has no schedule', () => {
    const nrt = detectionOf(withKey(scheduled, 'kind', 'nrt'));
    expect(nrt).toMatchObject({ kind: 'NRT', severity: 'High', suppressionDuration: 'PT1H' });
    expect(Object.keys(nrt)).not.toContain('queryFrequency');
  });

  test('without kind and schedule it is a hunting query, which alerts nobody', () => {
    expect(detectionOf(`${hunting}severity: Low\n`)).toEqual({
      kind: 'Hunting',
      id: '5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11',
      name: 'Sign-ins',
      tags: [],
      falsePositives: [],
      query: 'SigninLogs',
      parameters: [],
      tactics: [],
      techniques: [],
      entityMappings: [],
    });
  });

  test('incident creation has filters instead of a query', () => {
    const text = `id: a
name: b
kind: microsoftSecurityIncidentCreation
productFilter: azure security center
severitiesFilter: [high, Low]
displayNamesFilter: [x, ~, y]
displayNamesExcludeFilter: []
alertRuleTemplateName: t
`;
    expect(detectionOf(text)).toEqual({
      kind: 'MicrosoftSecurityIncidentCreation',
      id: 'a',
      name: 'b',
      tags: [],
      falsePositives: [],
      enabled: true,
      productFilter: 'Azure Security Center',
      severitiesFilter: ['High', 'Low'],
      displayNamesFilter: ['x', 'y'],
      displayNamesExcludeFilter: [],
      alertRuleTemplateName: 't',
    });
  });

  test('a detection that uses everything', () => {
    const text = `${scheduled}description: "What it finds.  \\n"
version: 1.10
status: Available
enabled: false
tags: single
metadata: {author: {name: me}}
falsePositives:
  - {scenario: a, description: b, mitigation: c}
suppressionEnabled: true
suppressionDuration: 5h
eventGroupingSettings: {aggregationKind: alertperresult}
customDetails: {User: UserPrincipalName}
alertDetailsOverride:
  alertDisplayNameFormat: "{{User}}"
  alertTacticsColumnName:
  alertDynamicProperties:
    - {alertProperty: alertlink, value: Link}
sentinelEntitiesMappings: [{columnName: Entities}]
incidentConfiguration: {groupingConfiguration: {enabled: true}}
alertRuleTemplateName: x
templateVersion: 1.0.0
`;
    expect(detectionOf(text)).toMatchObject({
      description: 'What it finds.',
      version: '1.10',
      status: 'stable',
      enabled: false,
      tags: ['single'],
      metadata: { author: { name: 'me' } },
      falsePositives: [{ scenario: 'a', description: 'b', mitigation: 'c' }],
      suppressionEnabled: true,
      suppressionDuration: 'PT5H',
      eventGrouping: 'AlertPerResult',
      customDetails: { User: 'UserPrincipalName' },
      alertDetailsOverride: {
        alertDisplayNameFormat: '{{User}}',
        alertDynamicProperties: [{ alertProperty: 'AlertLink', value: 'Link' }],
      },
      sentinelEntitiesMappings: [{ columnName: 'Entities' }],
      incidentConfiguration: {
        createIncident: true,
        groupingConfiguration: {
          enabled: true,
          reopenClosedIncident: false,
          lookbackDuration: 'PT5H',
          matchingMethod: 'AllEntities',
        },
      },
      alertRuleTemplateName: 'x',
      templateVersion: '1.0.0',
    });
  });

  test('what holds nothing is left out', () => {
    const text = `${scheduled}customDetails: {}\nalertDetailsOverride: {alertDynamicProperties: []}\nincidentConfiguration:\n`;
    const keys = Object.keys(detectionOf(text));
    expect(keys).not.toContain('customDetails');
    expect(keys).not.toContain('alertDetailsOverride');
    expect(keys).not.toContain('incidentConfiguration');
  });
});

test('a connector without an id is left out with a warning', () => {
  const result = loadText(`${scheduled}requiredDataConnectors:\n  dataTypes: [T]\n`);
  expect(summarise(result.diagnostics)).toEqual([
    'warning missing-key 13:3-13:17 requiredDataConnectors has no connectorId: it is left out',
  ]);
  expect(result).toMatchObject({ loaded: { detection: { requiredDataConnectors: [] } } });
});

describe('keys without effect for the kind are warned of', () => {
  test.each([
    [`${hunting}enabled: true\ncustomDetails: {A: b}\n`, ['enabled', 'customDetails'], 'a hunting query'],
    [
      'id: a\nname: b\nkind: MicrosoftSecurityIncidentCreation\nproductFilter: Azure Security Center\nquery: T\n',
      ['query'],
      'a MicrosoftSecurityIncidentCreation detection',
    ],
    [`${scheduled}productFilter: Azure Security Center\n`, ['productFilter'], 'a Scheduled detection'],
  ])('%j', (text, keys, kind) => {
    const result = loadText(text);
    expect(result.type).toBe('detection');
    expect(result.diagnostics.map(({ severity, code, message }) => `${severity} ${code} ${message}`)).toEqual(
      keys.map((key) => `warning key-without-effect ${key} has no effect in ${kind}`),
    );
  });

  test('severity on a hunting query, and notes, are for readers', () => {
    expect(loadText(`${hunting}severity: Low\ndescription-long: x\nmetadata: {}\n`).diagnostics).toEqual([]);
  });
});

describe('files that are no detection', () => {
  test('a file that only says that its detection moved is a stub, and a warning says that nothing comes of it', () => {
    expect(loadText('id: a\nname: b\ndescription: moved to c\n')).toMatchObject({
      type: 'stub',
      file: testFile,
      diagnostics: [
        { code: 'nothing-to-deploy', severity: 'warning', span: { start: { line: 1 }, end: { line: 1 } } },
      ],
    });
  });

  test.each([
    ['id: a\nname: b\n', ['missing-key']],
    ['id: a\nname: b\ndescription: c\ntactics: Impact\n', ['missing-key']],
    ['id: a\nname: b\ndescription: c\nqurey: T\n', ['misspelt-key']],
    ['id: a\nname: b\ndescription: c\nkind: NRT\n', ['missing-key', 'missing-key']],
    ['a: [b\n', ['yaml-syntax']],
    ['', ['empty-file']],
    ['- x\n', ['wrong-type']],
  ])('%j is invalid', (text, codes) => {
    const result = loadText(text);
    expect(result.type).toBe('invalid');
    expect(result.diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test('a detection with an error is invalid, its warnings are reported too', () => {
    const result = loadText(`${withKey(scheduled, 'severity', 'Test')}author: me\n`);
    expect(result).toMatchObject({ type: 'invalid', file: testFile });
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['invalid-value', 'unknown-key']);
  });
});

describe('spanOf takes canonical pointers, whatever the author wrote', () => {
  const text = `${hunting}tactics: Impact
techniques: [T1485, T1485, T1486]
subTechniques: T1485.001
requiredDataConnectors:
  connectorId: A
tags:
  - ~
  - x
entityMappings:
  - {entityType: Bad, fieldMappings: []}
  - entityType: ip
    fieldMappings:
      - ~
      - {identifier: Address, columnName: c}
`;
  const loaded = loadedOf(text);

  test.each([
    ['/tactics/0', 'Impact'],
    ['/relevantTechniques/0', 'T1485'],
    ['/relevantTechniques/1', 'T1486'],
    ['/relevantTechniques/2', 'T1485.001'],
    ['/requiredDataConnectors/0', 'connectorId: A'],
    ['/requiredDataConnectors/0/connectorId', 'A'],
    ['/tags/0', 'x'],
    ['/entityMappings/0/entityType', 'ip'],
    ['/entityMappings/0/fieldMappings/0/columnName', 'c'],
    ['/query', 'SigninLogs'],
    ['/severity', 'id: 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11'],
  ])('%s', (pointer, part) => {
    expect(cut(text, loaded.spanOf(pointer))).toBe(part);
  });

  test('keys too', () => {
    expect(cut(text, loaded.spanOf('/entityMappings/0/entityType', 'key'))).toBe('entityType');
    expect(cut(text, loaded.spanOf('/query', 'key'))).toBe('query');
  });

  test('an authored list needs no detour', () => {
    const plain = `${hunting}relevantTechniques:\n  - T1078\n  - T1110\n`;
    expect(cut(plain, loadedOf(plain).spanOf('/relevantTechniques/1'))).toBe('T1110');
  });
});

test('diagnostics come in the order of the file', () => {
  const { diagnostics } = loadText(
    `author: me\n${withKey(scheduled, 'severity', 'x')}enabled: 5\ntactics: Foo\n`,
  );
  const offsets = diagnostics.map(({ span }) => span?.start.offset ?? -1);
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  expect(offsets).toHaveLength(4);
});

describe('it never throws, whatever it is given', () => {
  const pieces = [
    'id',
    'kind',
    'query',
    'tactics',
    ': ',
    '- ',
    '\n',
    '\n  ',
    '|',
    '>',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '#',
  ];
  const more = [
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
    '!x ',
    '\t',
    'é',
    '😀',
    '\r',
    '1.10',
    '~',
    '---\n',
    '%',
    '\\x',
    'entityMappings',
  ];
  const parts = [
    ...pieces,
    ...more,
    'Scheduled',
    'requiredDataConnectors',
    'customDetails',
    'parameters',
    '\0',
  ];
  let seed = 42;
  const random = (limit: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };

  test('random YAML-like text, and a detection with random damage', () => {
    const types = new Set<string>();
    for (let run = 0; run < 1_000; run++) {
      const piece = (): string => parts[random(parts.length)] ?? '';
      const at = random(scheduled.length);
      const text =
        run % 2 === 0
          ? Array.from({ length: random(14) }, piece).join('')
          : scheduled.slice(0, at) + piece() + piece() + scheduled.slice(at + random(8));
      const result = loadText(text);
      types.add(result.type);
      for (const { span, message, hint } of result.diagnostics) {
        expect(`${message} ${hint ?? ''}`).not.toMatch(/undefined|\[object|^[A-Z]|\.$/);
        if (span === undefined) continue;
        expect(span.start.offset).toBeLessThanOrEqual(span.end.offset);
        expect(span.end.offset).toBeLessThanOrEqual(text.length);
      }
    }
    expect([...types].sort()).toEqual(['detection', 'invalid']);
  });

  test('bytes that are no text', () => {
    expect(loadDetection(testFile, new Uint8Array([0xff, 0x00, 0x80])).type).toBe('invalid');
    expect(loadDetection(testFile, bytesOf('\u{feff}')).type).toBe('invalid');
  });
});
