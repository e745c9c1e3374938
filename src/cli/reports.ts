import type { Command } from 'commander';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { ToolError } from '../core/tool-error.ts';
import type { Host } from './host.ts';
import type { Options } from './options.ts';
import { renderDiagnostics, type DiagnosticFormat } from './write-diagnostics.ts';

/** A report that is written to a file, beside the one on standard output. */
export interface ReportRequest<Format extends string = DiagnosticFormat> {
  readonly format: Format;
  /** Relative to the working directory. */
  readonly file: string;
}

/**
 * Declares `--report`, which may be given more than once.
 *
 * @param what is written, such as `the findings`
 */
export function addReportOption(command: Command, what: string): void {
  command.option(
    '-r, --report <format=file>',
    `also write ${what} to a file; can be repeated`,
    (value: string, earlier: readonly string[]) => [...earlier, value],
    [],
  );
}

/**
 * Reads it.
 *
 * @throws ToolError `usage` for what is not a known format, `=` and a file
 */
export function readReports<Format extends string>(
  options: Options,
  formats: readonly Format[],
): readonly ReportRequest<Format>[] {
  const values: unknown = options['report'];
  return Array.isArray(values) ? values.map((value) => readReport(String(value), formats)) : [];
}

function readReport<Format extends string>(value: string, formats: readonly Format[]): ReportRequest<Format> {
  const [, name, file] = /^([^=]*)=(.+)$/.exec(value) ?? [];
  const format = formats.find((each) => each === name);
  if (format !== undefined && file !== undefined) return { format, file };
  throw new ToolError('usage', `"${value}" is not a format and a file`, {
    hint: `write it like ${formats[0] ?? ''}=report.${formats[0] ?? ''}; the formats are ${formats.join(', ')}`,
  });
}

/** Writes the reports. Each file is there as a whole or not at all. */
export async function writeReports(
  diagnostics: readonly Diagnostic[],
  reports: readonly ReportRequest[],
  { host, fs, files }: { readonly host: Host; readonly fs: FileSystem; readonly files: readonly string[] },
): Promise<void> {
  for (const { format, file } of reports) {
    const report = await renderDiagnostics(diagnostics, format, { fs, files, env: host.env });
    await host.fileSystem(host.cwd).writeFileAtomic(file, report);
  }
}
