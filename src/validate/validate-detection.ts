import { runChecks } from '../checks/run-checks.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { Analyse } from '../kql/analysis-memory.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { bindDetection, queryDiagnostics } from './bind-detection.ts';
import { checkParameterNames } from './check-parameter-names.ts';

/** What is wrong with one detection that loaded: its query, and what the checks find in both. */
export function validateDetection(
  loaded: LoadedDetection,
  schema: WorkspaceSchema,
  analyse?: Analyse,
): readonly Diagnostic[] {
  const query = bindDetection(loaded, schema, analyse);
  if (query === undefined) return runChecks({ loaded });
  return [
    ...queryDiagnostics(loaded, query),
    ...runChecks({ loaded, query }),
    ...(query.tree === undefined ? [] : checkParameterNames(loaded, query.tree)),
  ];
}

/** What a schema finds wrong with a detection that another does not. */
export function compareSchemas(
  loaded: LoadedDetection,
  { base, pinned, environment }: { base: WorkspaceSchema; pinned: WorkspaceSchema; environment: string },
): readonly Diagnostic[] {
  const known = new Set(validateDetection(loaded, base).map(identify));
  return validateDetection(loaded, pinned)
    .filter((diagnostic) => !known.has(identify(diagnostic)))
    .map((diagnostic) => ({
      ...diagnostic,
      message: `${diagnostic.message} (in environment "${environment}")`,
    }));
}

function identify({ code, message, span }: Diagnostic): string {
  return JSON.stringify([code, message, span?.start.offset]);
}
