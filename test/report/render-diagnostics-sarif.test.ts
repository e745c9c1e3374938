import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { CodeInfo } from '../../src/core/code-info.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { renderDiagnosticsSarif } from '../../src/report/render-diagnostics-sarif.ts';
import { allCodes } from '../../src/validate/codes.ts';

const place = { start: { line: 2, column: 5, offset: 10 }, end: { line: 2, column: 9, offset: 14 } };
const duplicate: Diagnostic = {
  code: 'duplicate-id',
  severity: 'error',
  message: 'id "x" is already that of detections/a b.yaml',
  file: 'detections/b#1.yaml',
  span: place,
  hint: 'give this detection a new GUID',
  related: [{ file: 'detections/a b.yaml', span: place, message: 'first used here' }],
};
const style: Diagnostic = {
  code: 'id-not-guid',
  severity: 'warning',
  message: 'no GUID',
  file: 'c.yaml',
  span: place,
};
const unreadable: Diagnostic = { code: 'file-unreadable', severity: 'info', message: 'm', file: 'd.yaml' };

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: readonly unknown[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

function render(...diagnostics: readonly Diagnostic[]): Log['runs'][number] {
  const log = JSON.parse(renderDiagnosticsSarif(diagnostics, { version: '1.2.3', codes: allCodes })) as Log;
  return log.runs[0]!;
}

function fingerprints(...diagnostics: readonly Diagnostic[]): readonly (string | undefined)[] {
  return render(...diagnostics).results.map((result) => result.partialFingerprints['kustodianFinding/v1']);
}

/** Microsoft's copy of the official schema. Of its draft-04 keywords, only `id` means something else to ajv. */
async function loadSchema(): Promise<object> {
  const path = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
  const { id, $schema, ...schema } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  expect([id, $schema]).toEqual([
    expect.stringContaining('sarif-2.1.0'),
    expect.stringContaining('draft-04'),
  ]);
  return schema;
}

test('the log is valid by the official schema, with every code as a rule, and empty', async () => {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(await loadSchema());
  const ofEveryCode = [...allCodes.keys()].map((code) => ({ ...style, code }));
  for (const diagnostics of [[], [duplicate, style, unreadable], ofEveryCode]) {
    validate(JSON.parse(renderDiagnosticsSarif(diagnostics, { version: '1.2.3', codes: allCodes })));
    expect(validate.errors ?? []).toEqual([]);
  }
  expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
});

test('a result has its rule, level, message with remedy, places and related places', () => {
  const { results, tool } = render(duplicate);
  expect(results).toMatchObject([
    {
      ruleId: 'duplicate-id',
      ruleIndex: 0,
      level: 'error',
      message: { text: 'id "x" is already that of detections/a b.yaml; give this detection a new GUID' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'detections/b%231.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 9 },
          },
        },
      ],
      relatedLocations: [
        {
          message: { text: 'first used here' },
          physicalLocation: { artifactLocation: { uri: 'detections/a%20b.yaml' } },
        },
      ],
    },
  ]);
  expect(tool.driver).toMatchObject({ name: 'Kustodian', semanticVersion: '1.2.3' });
});

test('rules are those that occur, once each, with help', () => {
  const { results, tool } = render(style, duplicate, style, unreadable);
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(['duplicate-id', 'file-unreadable', 'id-not-guid']);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  const info = allCodes.get('duplicate-id') as CodeInfo;
  expect(tool.driver.rules[0]).toMatchObject({
    shortDescription: { text: info.summary },
    fullDescription: { text: info.rationale },
    help: {
      text: expect.stringContaining(info.rationale) as string,
      markdown: expect.stringContaining('```yaml') as string,
    },
    defaultConfiguration: { level: 'error' },
  });
});

test('severities are levels of SARIF', () => {
  expect(render(duplicate, style, unreadable).results).toMatchObject([
    { level: 'warning' },
    { level: 'note' },
    { level: 'error' },
  ]);
});

test('a finding without a place has a file and no region', () => {
  expect(render(unreadable).results[0]?.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: 'd.yaml', uriBaseId: '%SRCROOT%' } } },
  ]);
});

test('a fingerprint stays when lines move, and differs by code, file and content', () => {
  const start = { line: 90, column: 1, offset: 900 };
  const [original] = fingerprints(style);
  expect(fingerprints({ ...style, span: { start, end: start }, severity: 'error', hint: 'new' })).toEqual([
    original,
  ]);
  const others = [
    { ...style, code: 'duplicate-id' },
    { ...style, file: 'x.yaml' },
    { ...style, message: 'other' },
  ];
  for (const other of others) expect(fingerprints(other)).not.toEqual([original]);
});

test('equal findings of one file are told apart', () => {
  const [first, second] = fingerprints(style, style);
  expect([first, second]).toEqual([expect.stringMatching(/^[0-9a-f]{16}:1$/), first?.replace(/:1$/, ':2')]);
});
