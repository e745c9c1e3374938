import type { Diagnostic, SourceSpan } from '../../src/core/diagnostic.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { renderDiagnosticsGithub } from '../../src/report/render-diagnostics-github.ts';
import { renderDiagnosticsJson } from '../../src/report/render-diagnostics-json.ts';
import { renderDiagnosticsText } from '../../src/report/render-diagnostics-text.ts';

const source = 'id: 1\nqueryFrequency: banana\nquery: |\n  SecurityEvnt\n';
const onBanana: SourceSpan = {
  start: { line: 2, column: 17, offset: 22 },
  end: { line: 2, column: 23, offset: 28 },
};
const onQuery: SourceSpan = {
  start: { line: 3, column: 1, offset: 29 },
  end: { line: 5, column: 1, offset: source.length },
};

const banana: Diagnostic = {
  code: 'duration-invalid',
  severity: 'error',
  message: 'queryFrequency "banana" is no duration',
  file: 'detections/a.yaml',
  span: onBanana,
  hint: 'write it like 5m, 1h or PT1H',
};
const duplicate: Diagnostic = {
  code: 'duplicate-name',
  severity: 'warning',
  message: 'display name "A" is used twice',
  file: 'detections/a.yaml',
  span: onQuery,
  related: [{ file: 'detections/b.yaml', span: onBanana, message: 'used here first' }],
};
const note: Diagnostic = {
  code: 'moved',
  severity: 'info',
  message: 'the file is a stub',
  file: 'detections/c.yaml',
};

function text(...diagnostics: readonly Diagnostic[]): string {
  const sourceOf = (file: string) => (file === 'detections/a.yaml' ? source : undefined);
  return renderDiagnosticsText(diagnostics, { palette: plainPalette, sourceOf });
}

describe('as text', () => {
  test('diagnostics are sorted and shown with place, code frame, hint, related place and totals', () => {
    expect(text(note, duplicate, banana)).toBe(`\
detections/a.yaml:2:17: error duration-invalid: queryFrequency "banana" is no duration
  2 | queryFrequency: banana
    |                 ^^^^^^
  hint: write it like 5m, 1h or PT1H

detections/a.yaml:3:1: warning duplicate-name: display name "A" is used twice
  3 | query: |
    | ^^^^^^^^ to line 4
  detections/b.yaml:2:17: used here first

detections/c.yaml: info moved: the file is a stub

1 error, 1 warning, 1 note in 2 files
`);
  });

  test('nothing is said if there are none', () => {
    expect(text()).toBe('');
  });

  test('a file whose text cannot be had is shown without a frame', () => {
    expect(text({ ...banana, file: 'gone.yaml' })).toBe(`\
gone.yaml:2:17: error duration-invalid: queryFrequency "banana" is no duration
  hint: write it like 5m, 1h or PT1H

1 error in 1 file
`);
  });

  test('control characters of file names, messages and hints are not obeyed', () => {
    const nasty = { ...note, file: 'a\u001B[2J.yaml', message: 'x\ny', hint: '\u001B[31m' };
    expect(text(nasty)).not.toContain('\u001B');
    expect(text(nasty)).toContain('a\\u001b[2J.yaml: info moved: x\\ny');
  });

  test('severities have their colours', () => {
    const palette = { ...plainPalette, red: (it: string) => `R(${it})`, yellow: (it: string) => `Y(${it})` };
    const coloured = renderDiagnosticsText([banana, duplicate], { palette, sourceOf: () => undefined });
    expect(coloured).toContain('R(error) duration-invalid');
    expect(coloured).toContain('Y(warning) duplicate-name');
  });
});

describe('as JSON', () => {
  test('diagnostics are sorted, whole and counted', () => {
    expect(JSON.parse(renderDiagnosticsJson([note, duplicate, banana]))).toEqual({
      formatVersion: 1,
      summary: { errors: 1, warnings: 1, infos: 1 },
      diagnostics: [banana, duplicate, note],
    });
  });

  test('no diagnostics are an empty list', () => {
    expect(JSON.parse(renderDiagnosticsJson([]))).toMatchObject({ diagnostics: [] });
  });
});

describe('as GitHub annotations', () => {
  test('each is a command with its place', () => {
    expect(renderDiagnosticsGithub([note, duplicate, banana])).toBe(
      [
        '::error file=detections/a.yaml,line=2,endLine=2,col=17,endColumn=23,title=duration-invalid' +
          '::queryFrequency "banana" is no duration%0Ahint: write it like 5m, 1h or PT1H',
        '::warning file=detections/a.yaml,line=3,endLine=4,title=duplicate-name' +
          '::display name "A" is used twice%0Adetections/b.yaml:2: used here first',
        '::notice file=detections/c.yaml,title=moved::the file is a stub',
        '',
      ].join('\n'),
    );
  });

  test('messages cannot end the command, and properties cannot add any', () => {
    const nasty = { ...note, file: 'a,line=9:b%.yaml', message: '100%\r\n::error::injected' };
    expect(renderDiagnosticsGithub([nasty])).toBe(
      '::notice file=a%2Cline=9%3Ab%25.yaml,title=moved::100%25%0D%0A::error::injected\n',
    );
  });

  test('nothing is said if there are none', () => {
    expect(renderDiagnosticsGithub([])).toBe('');
  });
});
