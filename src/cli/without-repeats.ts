import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';

/** Findings in order, with those that several environments share told once. */
export function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics].sort(compareDiagnostics).filter(({ code, file, span, message }) => {
    const key = JSON.stringify([code, file, span?.start.offset, message]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
