import { runChecks } from '../checks/run-checks.ts';
import type { EffectiveDetection } from '../compile/apply-environment.ts';
import { recheckEffective } from '../compile/recheck-effective.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { bindDetection } from './bind-detection.ts';

/** The values of a detection that its query is judged by. */
const judgesQuery = /^\/(?:query(?:Frequency|Period)|trigger\w+|suppression\w+|parameters)(?:\/|$)/;

/**
 * Checks a detection again where an environment changed it, and gives only what that brings about. The query is bound
 * again, with the environment's parameters, if the environment set something that it is judged by.
 */
export function recheckDetection(
  effective: EffectiveDetection,
  schema: WorkspaceSchema,
): readonly Diagnostic[] {
  const isQueryConcerned = [...effective.origins.keys()].some((pointer) => judgesQuery.test(pointer));
  return recheckEffective(effective, (loaded) => {
    const query = isQueryConcerned ? bindDetection(loaded, schema) : undefined;
    return runChecks(query === undefined ? { loaded } : { loaded, query });
  });
}
