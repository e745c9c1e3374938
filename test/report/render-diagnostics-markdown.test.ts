import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { renderDiagnosticsMarkdown } from '../../src/report/render-diagnostics-markdown.ts';

const span = { start: { line: 2, column: 7, offset: 12 }, end: { line: 2, column: 8, offset: 13 } };
const wrong: Diagnostic = {
  code: 'invalid-value',
  severity: 'error',
  message: 'kind "X" is none',
  file: 'd/a_1.yaml',
  span,
  hint: 'use a | b',
};
const style: Diagnostic = { code: 'id-not-guid', severity: 'warning', message: 'no GUID', file: 'd/b.yaml' };

test('findings are rows of a table under the totals', () => {
  expect(renderDiagnosticsMarkdown([style, wrong], { files: ['d/a_1.yaml', 'd/b.yaml'] })).toBe(`\
### Validation: 1 error, 1 warning in 2 files

| Severity | Place | Code | Finding |
| --- | --- | --- | --- |
| error | d/a\\_1.yaml:2 | invalid-value | kind "X" is none<br>use a \\| b |
| warning | d/b.yaml | id-not-guid | no GUID |
`);
});

test('places are links where the repository is known', () => {
  const linkTo = (file: string, line?: number) =>
    `https://example.org/${file}${line === undefined ? '' : `#L${line}`}`;
  const page = renderDiagnosticsMarkdown([style, wrong], { files: [], linkTo });
  expect(page).toContain('| [d/a\\_1.yaml:2](https://example.org/d/a_1.yaml#L2) |');
  expect(page).toContain('| [d/b.yaml](https://example.org/d/b.yaml) |');
});

test('a clean run says how much was looked at', () => {
  expect(renderDiagnosticsMarkdown([], { files: ['a', 'b'] })).toBe(
    '### Validation: nothing found in 2 files\n',
  );
});

test('markup in messages is shown, not obeyed', () => {
  const page = renderDiagnosticsMarkdown([{ ...style, message: '<img src=x> | `a` [b](c) @team\n# h' }], {
    files: [],
  });
  expect(page).toContain('&lt;img src=x&gt; \\| \\`a\\` \\[b\\](c) @\u200Bteam\\\\n# h |');
});

test('a long report is cut in time, and says how much is left out', () => {
  const many = Array.from({ length: 20_000 }, () => ({ ...style, message: 'é'.repeat(100) }));
  const page = renderDiagnosticsMarkdown(many, { files: [] });
  const rows = page.split('\n').filter((line) => line.startsWith('| warning')).length;
  expect(new TextEncoder().encode(page).length).toBeLessThan(1_048_576);
  expect(rows).toBeGreaterThan(2_000);
  expect(page).toContain(`… and ${20_000 - rows} more: run \`kustodian validate\``);
  expect(page).toContain('### Validation: 20000 warnings in 1 file');
});
