import { isSuppressible, type CodeInfo } from '../core/code-info.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { Suppression } from './find-suppressions.ts';

/** Findings by what the suppressions make of them, and what is wrong with the suppressions themselves. */
export interface SuppressionOutcome {
  readonly remaining: readonly Diagnostic[];
  readonly suppressed: readonly Diagnostic[];
  readonly problems: readonly Diagnostic[];
}

type Fault = Pick<Diagnostic, 'message' | 'hint'>;

/**
 * Takes out the findings that comments suppress. A comment that cannot suppress what it names is an error, for its author
 * believes that it does; one that nothing answers to is a warning, where everything was checked.
 *
 * @param diagnostics with the severities of their codes, before kustodian.yaml changes them
 * @param codes every code that there is
 * @param complete true if everything was checked, so that what was not found is not there
 */
export function applySuppressions(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  codes: ReadonlyMap<string, CodeInfo>,
  complete: boolean,
): SuppressionOutcome {
  const withErrors = new Set(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file),
  );
  const suppressed = new Set<Diagnostic>();
  const problems = suppressions.flatMap((suppression): readonly Diagnostic[] => {
    const meant = diagnostics.filter((diagnostic) => isMeant(diagnostic, suppression));
    const allowed = meant.filter((diagnostic) => isAllowed(diagnostic, codes));
    const fault = findFault(suppression, codes, meant.length > allowed.length);
    if (fault !== undefined) return [toDiagnostic('invalid-suppression', 'error', suppression, fault)];
    for (const diagnostic of allowed) suppressed.add(diagnostic);
    // With an error in the file, later checks may not have run.
    if (meant.length > 0 || !complete || withErrors.has(suppression.file)) return [];
    return [toDiagnostic('unused-suppression', 'warning', suppression, describeUnused(suppression))];
  });
  const remaining = diagnostics.filter((diagnostic) => !suppressed.has(diagnostic));
  return { remaining, suppressed: [...suppressed], problems };
}

function isMeant({ code, file, span }: Diagnostic, { request, file: own, subject }: Suppression): boolean {
  if (code !== request?.code || file !== own || span === undefined) return false;
  const { offset } = span.start;
  return subject.start.offset <= offset && offset <= subject.end.offset;
}

function isAllowed({ code, severity }: Diagnostic, codes: ReadonlyMap<string, CodeInfo>): boolean {
  return severity !== 'error' || codes.get(code)?.judgedOffline === true;
}

function findFault(
  { request }: Suppression,
  codes: ReadonlyMap<string, CodeInfo>,
  isRefused: boolean,
): Fault | undefined {
  if (request === undefined) {
    return {
      message: 'a "kustodian-ignore" without a code and a reason suppresses nothing',
      hint: 'write it like "kustodian-ignore duplicate-name: the twin is retired in May"',
    };
  }
  const { code } = request;
  const info = codes.get(code);
  if (info === undefined) {
    const nearest = nearestName(code, codes.keys());
    return {
      message: `there is no code "${code}" to suppress`,
      hint: nearest === undefined ? 'kustodian explain lists the codes' : `did you mean "${nearest}"?`,
    };
  }
  if (isSuppressible(info) && !isRefused) return undefined;
  return {
    message: `"${code}" cannot be suppressed here, since the service would refuse what it finds, or meaning would be lost`,
    hint: 'mend what is found, and remove the comment',
  };
}

function describeUnused({ request }: Suppression): Fault {
  return {
    message: `no "${request?.code ?? ''}" is found here to be suppressed`,
    hint: 'remove the comment',
  };
}

function toDiagnostic(
  code: string,
  severity: Diagnostic['severity'],
  { file, span }: Suppression,
  fault: Fault,
): Diagnostic {
  return { code, severity, file, span, ...fault };
}
