import { mapBounded } from '../core/map-bounded.ts';
import { ToolError } from '../core/tool-error.ts';
import type { Environment } from '../detection/config.ts';

/** What came of the work on one workspace: a value, or what stopped it there. */
export type TargetResult<Value> =
  | { readonly environment: Environment; readonly value: Value }
  | { readonly environment: Environment; readonly error: ToolError };

/** Workspaces that are worked on at a time. Each has limits of its own at the service; more would only share the line. */
const concurrency = 4;

/**
 * Works on workspaces side by side. What stops the work on one of many is its result and does not stop the others; where there
 * is only one, it is thrown, as everywhere.
 *
 * @throws ToolError `cancelled` if the user interrupted, once no workspace is worked on any more
 */
export function forEachTarget<Value>(
  environments: readonly Environment[],
  task: (environment: Environment) => Promise<Value>,
): Promise<readonly TargetResult<Value>[]> {
  return continueTargets(
    environments.map((environment) => ({ environment, value: environment })),
    task,
  );
}

/** Goes on in the same way with the workspaces that nothing has stopped so far; the results stay in their order. */
export async function continueTargets<Before, Value>(
  results: readonly TargetResult<Before>[],
  task: (value: Before, environment: Environment) => Promise<Value>,
): Promise<readonly TargetResult<Value>[]> {
  const isOnly = results.length === 1;
  type Settled = { value: Value } | { error: unknown };
  const settled = await mapBounded(
    results,
    concurrency,
    async (result): Promise<Settled & { environment: Environment }> => {
      if ('error' in result) return result;
      const { environment, value } = result;
      try {
        return { environment, value: await task(value, environment) };
      } catch (error) {
        return { environment, error };
      }
    },
  );
  return settled.map((one) => {
    if ('value' in one) return one;
    const { environment, error } = one;
    const isItsOwn = error instanceof ToolError && error.code !== 'cancelled';
    if (isItsOwn && !isOnly) return { environment, error };
    throw error;
  });
}

/** The values of the workspaces that nothing has stopped. */
export function valuesOf<Value>(results: readonly TargetResult<Value>[]): readonly Value[] {
  return results.flatMap((result) => ('value' in result ? [result.value] : []));
}
