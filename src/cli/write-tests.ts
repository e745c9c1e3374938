import type { FileSystem } from '../core/file-system.ts';
import { plainPalette, type Palette } from '../report/palette.ts';
import { renderDiagnosticsGithub } from '../report/render-diagnostics-github.ts';
import { renderTestJson } from '../report/render-test-json.ts';
import { renderTestJunit } from '../report/render-test-junit.ts';
import { renderTestMarkdown } from '../report/render-test-markdown.ts';
import { renderTestText } from '../report/render-test-text.ts';
import type { TestReport } from '../report/test-report.ts';
import type { Host } from './host.ts';
import { paletteFor } from './palette.ts';
import { renderDiagnostics } from './write-diagnostics.ts';

/** The formats that the results of tests can be printed in. */
export const testFormats = ['text', 'json', 'github', 'junit', 'markdown'] as const;
export type TestFormat = (typeof testFormats)[number];

/** What reports need besides the results. */
interface TestContext {
  /** Frames show the lines of the files, read again through it. */
  readonly fs: FileSystem;
  readonly palette?: Palette;
  /** Shows what every operator gave, where it was explained; in text and json. */
  readonly showsSteps?: boolean;
}

/** The results of tests in a format. */
export async function renderTests(
  report: TestReport,
  format: TestFormat,
  { fs, palette = plainPalette, showsSteps = false }: TestContext,
): Promise<string> {
  switch (format) {
    case 'json':
      return renderTestJson(report, showsSteps);
    case 'junit':
      return renderTestJunit(report);
    case 'markdown':
      return renderTestMarkdown(report);
    case 'github':
      return renderDiagnosticsGithub(report.diagnostics);
    case 'text': {
      // What failed is shown with its scenario.
      const others = report.diagnostics.filter(({ code }) => code !== 'scenario-failed');
      const findings = await renderDiagnostics(others, 'text', { fs, env: {}, palette });
      return report.tests.map((test) => renderTestText(test, palette, showsSteps)).join('') + findings;
    }
  }
}

/** Prints the results of tests. */
export async function writeTests(
  report: TestReport,
  format: TestFormat,
  { host, ...rest }: { readonly host: Host } & TestContext,
): Promise<void> {
  const palette = paletteFor(host.stdout, host.env);
  host.stdout.write(await renderTests(report, format, { ...rest, palette }));
}
