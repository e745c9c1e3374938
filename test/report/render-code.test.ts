import type { CodeInfo } from '../../src/core/code-info.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { renderChecksPage } from '../../src/report/render-checks-page.ts';
import { renderCodeList, renderCodeMarkdown, renderCodeText } from '../../src/report/render-code.ts';
import { allCodes, codeGroups } from '../../src/validate/codes.ts';

const example: CodeInfo = {
  id: 'an-example',
  severity: 'error',
  milder: { severity: 'warning', where: 'in a hunting query' },
  summary: 'One | or the other.',
  rationale: 'Because.',
  remedy: 'Mend it.',
  examples: { good: ['a: 1\nb: 2'], bad: [`c: ${'x'.repeat(200)}`, 'd: 4\n'] },
};
const bare: CodeInfo = { id: 'kql/bare', severity: 'info', summary: 'S.', rationale: 'R.' };

test('for a terminal, a code has its severity, reason, remedy and examples', () => {
  expect(renderCodeText(example, plainPalette)).toBe(`\
an-example: error (in a hunting query: warning)

One | or the other.

Because.

Mend it.

Where it is of severity warning, it can be configured and suppressed.

passes:
    a: 1
    b: 2

is found:
    c: ${'x'.repeat(107)}… # 203 characters

is found:
    d: 4
`);
});

test('as Markdown, it is the same', () => {
  expect(renderCodeMarkdown({ ...example, examples: { good: ['a: 1'], bad: ['```'] } })).toBe(`\
**error (in a hunting query: warning)**: One | or the other.

Because.

Mend it.

Where it is of severity warning, it can be configured and suppressed.

Passes:

\`\`\`yaml
a: 1
\`\`\`

Is found:

\`\`\`\`yaml
\`\`\`
\`\`\`\`
`);
});

test.each([
  [{}, 'It can be configured and suppressed.'],
  [{ severity: 'error' }, 'It can be neither configured nor suppressed.'],
  [{ severity: 'error', judgedOffline: true }, 'It cannot be configured. It can be suppressed, where'],
  [
    { ...example, judgedOffline: true },
    'It can be suppressed and, where it is of severity warning, configured.',
  ],
] as const)('what can be done about a code is said: %j', (members, expected) => {
  expect(renderCodeText({ ...bare, ...members }, plainPalette)).toContain(`\n\n${expected}`);
});

test('the list has one line a code, in columns', () => {
  expect(renderCodeList([{ title: 'Some', codes: [example, bare] }], plainPalette)).toBe(`\
Some
  an-example  error    One | or the other.
  kql/bare    info     S.
`);
});

test('the page has a table and a section for each code, whose anchors meet', () => {
  const page = renderChecksPage([{ title: 'Some', codes: [example, bare] }]);
  expect(page.split('\n')[0]).toMatch(/generated/i);
  expect(page).toContain(
    '| [an-example](#an-example) | error (in a hunting query: warning) | One \\| or the other. |',
  );
  expect(page).toContain('| [kql/bare](#kqlbare) | info | S. |');
  expect(page.slice(page.indexOf('### kql/bare'))).toBe(
    '### kql/bare\n\n**info**: S.\n\nR.\n\nIt can be configured and suppressed.\n',
  );
});

test('every code is on the page once, in order', () => {
  const headings = [...renderChecksPage(codeGroups).matchAll(/^### (.*)$/gm)].map((match) => match[1]);
  expect(headings).toEqual([...allCodes.keys()]);
});

test('the page ends in one line end and has no line with blanks at its end', () => {
  const page = renderChecksPage(codeGroups);
  expect(page).toMatch(/[^\n]\n$/);
  expect(page.split('\n').filter((line) => /\s$/.test(line))).toEqual([]);
});
