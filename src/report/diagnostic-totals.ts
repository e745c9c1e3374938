import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import { countOf } from './count-of.ts';

/** `2 errors, 1 warning in 2 files`. Expects at least one diagnostic. */
export function diagnosticTotals(diagnostics: readonly Diagnostic[]): string {
  const ofSeverity = (severity: Severity) => diagnostics.filter((one) => one.severity === severity).length;
  const files = new Set(diagnostics.map(({ file }) => file)).size;
  const counts = [
    countOf(ofSeverity('error'), 'error'),
    countOf(ofSeverity('warning'), 'warning'),
    countOf(ofSeverity('info'), 'note'),
  ].filter((count) => !count.startsWith('0 '));
  return `${counts.join(', ')} in ${countOf(files, 'file')}`;
}
