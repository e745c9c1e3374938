import type { FileSystem } from '../core/file-system.ts';
import type { MutationReport } from '../report/mutation-report.ts';
import { plainPalette, type Palette } from '../report/palette.ts';
import { renderDiagnosticsGithub } from '../report/render-diagnostics-github.ts';
import { renderMutationJson } from '../report/render-mutation-json.ts';
import { renderMutationText } from '../report/render-mutation-text.ts';
import { renderTestText } from '../report/render-test-text.ts';
import type { Host } from './host.ts';
import { paletteFor } from './palette.ts';
import { renderDiagnostics } from './write-diagnostics.ts';

/** The formats that the mutation of detections can be printed in. */
export const mutationFormats = ['text', 'json', 'github'] as const;

interface MutationContext {
  /** Frames show the lines of the files, read again through it. */
  readonly fs: FileSystem;
  readonly palette?: Palette;
}

/** The mutation of detections in a format. In text, scenarios that failed by themselves come first. */
export async function renderMutations(
  report: MutationReport,
  format: string,
  { fs, palette = plainPalette }: MutationContext,
): Promise<string> {
  if (format === 'json') return renderMutationJson(report);
  if (format === 'github') return renderDiagnosticsGithub(report.diagnostics);
  const failing = report.tests.filter(({ results }) => results.some(({ verdict }) => verdict !== 'passed'));
  // Survivors and failed scenarios are shown with their detections.
  const others = report.diagnostics.filter(
    ({ code }) => code !== 'scenario-failed' && code !== 'mutant-survived',
  );
  const findings = await renderDiagnostics(others, 'text', { fs, env: {}, palette });
  const parts = [
    ...failing.map((test) => renderTestText(test, palette)),
    ...report.mutations.map((mutation) => renderMutationText(mutation, palette)),
  ];
  return `${parts.join('')}${findings === '' ? '' : '\n'}${findings}`;
}

/** Prints the mutation of detections. */
export async function writeMutations(
  report: MutationReport,
  format: string,
  { host, fs }: { readonly host: Host; readonly fs: FileSystem },
): Promise<void> {
  const palette = paletteFor(host.stdout, host.env);
  host.stdout.write(await renderMutations(report, format, { fs, palette }));
}
