import {
  compareDiagnostics,
  compareText,
  type Diagnostic,
  type Severity,
  type SourceSpan,
} from '../core/diagnostic.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { Check, CheckSubject, CorpusCheck, FindingOptions } from './check.ts';
import { checks, corpusChecks } from './registry.ts';

/**
 * Runs every check over one detection. Where an environment has changed values, give the detection that came of it with
 * the file's `document` and `spanOf`: findings then point at what the author wrote. Without `query` the checks of queries
 * find nothing.
 */
export function runChecks(subject: CheckSubject, list: readonly Check[] = checks): Diagnostic[] {
  const { loaded } = subject;
  const diagnostics: Diagnostic[] = [];
  for (const check of list) {
    const severity = severityFor(check, loaded);
    check.check(subject, (pointer, message, options = {}) => {
      diagnostics.push(toDiagnostic(check.id, severity, loaded, pointer, message, options));
    });
  }
  return diagnostics.sort(compareDiagnostics);
}

/** Runs the checks that look at several files at once: duplicates. The result does not depend on the order of `all`. */
export function runCorpusChecks(
  all: readonly LoadedDetection[],
  list: readonly CorpusCheck[] = corpusChecks,
): Diagnostic[] {
  const sorted = [...all].sort((a, b) => compareText(a.file, b.file));
  const diagnostics: Diagnostic[] = [];
  for (const check of list) {
    check.check(sorted, (loaded, pointer, message, options = {}) => {
      const diagnostic = toDiagnostic(check.id, check.severity, loaded, pointer, message, options);
      const related = options.related;
      diagnostics.push(
        related === undefined
          ? diagnostic
          : {
              ...diagnostic,
              related: [
                {
                  file: related.loaded.file,
                  span: related.loaded.spanOf(related.pointer),
                  message: related.message,
                },
              ],
            },
      );
    });
  }
  return diagnostics.sort(compareDiagnostics);
}

function severityFor(check: Check, loaded: LoadedDetection): Severity {
  const isHunting = loaded.detection.kind === 'Hunting';
  return isHunting && check.huntingSeverity !== undefined ? check.huntingSeverity : check.severity;
}

function toDiagnostic(
  code: string,
  severity: Severity,
  loaded: LoadedDetection,
  pointer: string,
  message: string,
  options: FindingOptions,
): Diagnostic {
  return {
    code,
    severity,
    message,
    file: loaded.file,
    span: spanFor(loaded, pointer, options),
    ...(options.hint === undefined ? {} : { hint: options.hint }),
  };
}

function spanFor(loaded: LoadedDetection, pointer: string, { part, range }: FindingOptions): SourceSpan {
  return range === undefined
    ? loaded.spanOf(pointer, part)
    : loaded.document.spanWithin(pointer, range.start, range.end);
}
