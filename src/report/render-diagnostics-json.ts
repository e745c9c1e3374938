import { compareDiagnostics, type Diagnostic, type Severity } from '../core/diagnostic.ts';

/** Diagnostics for machines, sorted, with totals. A change of shape changes `formatVersion`. */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity) => diagnostics.filter((one) => one.severity === severity).length;
  const report = {
    formatVersion: 1,
    summary: { errors: count('error'), warnings: count('warning'), infos: count('info') },
    diagnostics: [...diagnostics].sort(compareDiagnostics),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
