import type { Diagnostic } from '../core/diagnostic.ts';
import { ToolError } from '../core/tool-error.ts';
import type { FileSystem } from '../core/file-system.ts';
import { plainPalette, type Palette } from '../report/palette.ts';
import { renderDiagnosticsGithub } from '../report/render-diagnostics-github.ts';
import { renderDiagnosticsJson } from '../report/render-diagnostics-json.ts';
import { renderDiagnosticsJunit } from '../report/render-diagnostics-junit.ts';
import {
  renderDiagnosticsMarkdown,
  type DiagnosticsMarkdownOptions,
} from '../report/render-diagnostics-markdown.ts';
import { renderDiagnosticsSarif } from '../report/render-diagnostics-sarif.ts';
import { renderDiagnosticsText } from '../report/render-diagnostics-text.ts';
import { allCodes } from '../validate/codes.ts';
import type { Host, Output } from './host.ts';
import { paletteFor } from './palette.ts';
import { version } from './version.ts';

/** The formats that findings can be printed in. */
export const diagnosticFormats = ['text', 'json', 'github', 'sarif', 'junit', 'markdown'] as const;
export type DiagnosticFormat = (typeof diagnosticFormats)[number];

/** What reports need besides the findings. */
export interface DiagnosticContext {
  /** Frames show the lines of the files, read again through it. */
  readonly fs: FileSystem;
  readonly env: Host['env'];
  /** Every file that was validated: some formats list those without findings, too. */
  readonly files?: readonly string[];
  readonly palette?: Palette;
}

/** Findings in a format. */
export async function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  { fs, env, files = [], palette = plainPalette }: DiagnosticContext,
): Promise<string> {
  switch (format) {
    case 'json':
      return renderDiagnosticsJson(diagnostics);
    case 'github':
      return renderDiagnosticsGithub(diagnostics);
    case 'sarif':
      return renderDiagnosticsSarif(diagnostics, { version, codes: allCodes });
    case 'markdown':
      return renderDiagnosticsMarkdown(diagnostics, { files, ...linksOf(env) });
    case 'junit':
      return renderDiagnosticsJunit(diagnostics, { files, sourceOf: await readSources(diagnostics, fs) });
    case 'text':
      return renderDiagnosticsText(diagnostics, { palette, sourceOf: await readSources(diagnostics, fs) });
  }
}

/** Prints findings to a stream. */
export async function writeDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  {
    host,
    output,
    ...rest
  }: { readonly host: Host; readonly output: Output } & Pick<DiagnosticContext, 'fs' | 'files'>,
): Promise<void> {
  const palette = paletteFor(output, host.env);
  output.write(await renderDiagnostics(diagnostics, format, { ...rest, env: host.env, palette }));
}

/** In a GitHub workflow, places are links to the commit that was checked. */
function linksOf(env: Host['env']): Pick<DiagnosticsMarkdownOptions, 'linkTo'> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  if (server === undefined || repository === undefined || commit === undefined) return {};
  return {
    linkTo: (file, line) => {
      const path = file.split('/').map(encodeURIComponent).join('/');
      return `${server}/${repository}/blob/${commit}/${path}${line === undefined ? '' : `#L${line}`}`;
    },
  };
}

async function readSources(
  diagnostics: readonly Diagnostic[],
  fs: FileSystem,
): Promise<(file: string) => string | undefined> {
  const files = new Set(diagnostics.map(({ file }) => file));
  const sources = new Map<string, string>();
  for (const file of files) {
    try {
      const bytes = await fs.readFile(file);
      sources.set(file, new TextDecoder('utf-8').decode(bytes));
    } catch (error) {
      // Findings about an unreadable file are printed without a frame.
      if (!(error instanceof ToolError)) throw error;
    }
  }
  return (file) => sources.get(file);
}
