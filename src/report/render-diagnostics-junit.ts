import { compareText, type Diagnostic } from '../core/diagnostic.ts';
import { countOf } from './count-of.ts';
import { escapeXml } from './escape-xml.ts';
import { plainPalette } from './palette.ts';
import { renderDiagnosticsText, type DiagnosticsTextOptions } from './render-diagnostics-text.ts';

/** What the JUnit report of diagnostics needs besides them. */
export interface DiagnosticsJunitOptions extends Pick<DiagnosticsTextOptions, 'sourceOf'> {
  /** Every file that was validated, so that those without a finding count as passed. */
  readonly files: readonly string[];
}

/** Diagnostics as JUnit XML: a test case for each file, which fails by its errors; what is no error is its output. */
export function renderDiagnosticsJunit(
  diagnostics: readonly Diagnostic[],
  { files, sourceOf }: DiagnosticsJunitOptions,
): string {
  const names = [...new Set([...files, ...diagnostics.map(({ file }) => file)])].sort(compareText);
  const render = (list: readonly Diagnostic[]): string =>
    escapeXml(renderDiagnosticsText(list, { palette: plainPalette, sourceOf }));
  const cases = names.map((name) => {
    const own = diagnostics.filter(({ file }) => file === name);
    const errors = own.filter(({ severity }) => severity === 'error');
    const others = own.filter(({ severity }) => severity !== 'error');
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    return { name, folder, errors, others };
  });
  const failures = cases.filter(({ errors }) => errors.length > 0).length;
  const totals = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kustodian validate" ${totals}>`,
    `  <testsuite name="kustodian validate" ${totals} skipped="0">`,
    ...cases.flatMap(({ name, folder, errors, others }) => [
      `    <testcase classname="${escapeXml(folder)}" name="${escapeXml(name)}" file="${escapeXml(name)}">`,
      ...(errors.length === 0
        ? []
        : [
            `      <failure type="error" message="${countOf(errors.length, 'error')}">${render(errors)}</failure>`,
          ]),
      ...(others.length === 0 ? [] : [`      <system-out>${render(others)}</system-out>`]),
      '    </testcase>',
    ]),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
