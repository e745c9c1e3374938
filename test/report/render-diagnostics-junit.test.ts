import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { renderDiagnosticsJunit } from '../../src/report/render-diagnostics-junit.ts';

const source = 'id: 1\nkind: X\n';
const span = { start: { line: 2, column: 7, offset: 12 }, end: { line: 2, column: 8, offset: 13 } };
const wrong: Diagnostic = {
  code: 'invalid-value',
  severity: 'error',
  message: 'kind "X" is none',
  file: 'd/a.yaml',
  span,
};
const style: Diagnostic = { code: 'id-not-guid', severity: 'warning', message: 'no GUID', file: 'd/b.yaml' };

function render(diagnostics: readonly Diagnostic[], ...files: readonly string[]): string {
  return renderDiagnosticsJunit(diagnostics, {
    files,
    sourceOf: (file) => (file === 'd/a.yaml' ? source : undefined),
  });
}

test('each file is a test case: it fails by errors, and what is less is its output', () => {
  expect(render([style, wrong], 'd/c.yaml', 'd/a.yaml', 'd/b.yaml')).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kustodian validate" tests="3" failures="1" errors="0">
  <testsuite name="kustodian validate" tests="3" failures="1" errors="0" skipped="0">
    <testcase classname="d" name="d/a.yaml" file="d/a.yaml">
      <failure type="error" message="1 error">d/a.yaml:2:7: error invalid-value: kind &quot;X&quot; is none
  2 | kind: X
    |       ^

1 error in 1 file
</failure>
    </testcase>
    <testcase classname="d" name="d/b.yaml" file="d/b.yaml">
      <system-out>d/b.yaml: warning id-not-guid: no GUID

1 warning in 1 file
</system-out>
    </testcase>
    <testcase classname="d" name="d/c.yaml" file="d/c.yaml">
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('a file with findings counts even if it is none of the content', () => {
  expect(render([{ ...wrong, file: 'kustodian.yaml' }])).toContain(
    '<testcase classname="" name="kustodian.yaml"',
  );
});

test('nothing at all is still a document', () => {
  expect(render([])).toContain('<testsuites name="kustodian validate" tests="0" failures="0" errors="0">');
});

test('no text breaks out of its element, and none holds what XML cannot', () => {
  const unfit = String.fromCharCode(0, 0x1b, 0xfffe, 0xd800);
  const nasty = `a]]>b</failure>&amp;"${unfit}\u{1F600}`;
  const xml = render([{ ...wrong, message: nasty, file: `x"<&>${unfit}.yaml` }]);
  expect(xml).toContain('name="x&quot;&lt;&amp;&gt;\uFFFD\uFFFD\uFFFD\uFFFD.yaml"');
  expect(xml).toContain('a]]&gt;b&lt;/failure&gt;&amp;amp;&quot;');
  expect(xml).toContain('\u{1F600}');
  expect(xml.match(/<\/failure>/g)).toHaveLength(1);
  for (const codeUnit of [0, 0x1b, 0xfffe]) expect(xml).not.toContain(String.fromCharCode(codeUnit));
  expect(xml).not.toMatch(/[\uD800-\uDFFF]/u);
});
