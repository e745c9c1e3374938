import type { Diagnostic } from '../core/diagnostic.ts';

/** What decides about every detection: settings, schemas, functions, and in a fork of the tool the tool itself. */
const decisive = [/^kustodian\.yaml$/, /^package(?:-lock)?\.json$/, /^(?:schemas|functions|src)\//];

/**
 * The files whose findings a change may have altered, or undefined where that may be all of them.
 *
 * @param changed every changed file of the repository, relative to its root
 * @param baseline the file of known findings, if there is one
 */
export function findChangedScope(
  changed: readonly string[],
  baseline: string | undefined,
): ReadonlySet<string> | undefined {
  const concernsAll = changed.some(
    (file) => file === baseline || decisive.some((pattern) => pattern.test(file)),
  );
  return concernsAll ? undefined : new Set(changed);
}

/** True for a finding in one of the files, or about one: a changed file may be the twin of one that is not. */
export function isInScope({ file, related = [] }: Diagnostic, scope: ReadonlySet<string>): boolean {
  return scope.has(file) || related.some((place) => scope.has(place.file));
}
