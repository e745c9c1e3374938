import { ToolError } from '../core/tool-error.ts';
import { targetName, type Environment } from '../detection/config.ts';
import type { StoppedRun } from '../report/run-report.ts';
import type { CarryOutOptions } from './carry-out.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';
import { writeRunReports } from './run-reports.ts';

/** What a report says of a workspace on which the work was stopped. */
export function toStoppedRun(
  environment: Environment,
  { code, hint, message }: Pick<ToolError, 'code' | 'hint' | 'message'>,
): StoppedRun {
  return { environment: targetName(environment), error: { code, message, hint } };
}

/**
 * Does what comes before the first write. Where that stops, the reports that were asked for say so, instead of being missing, and
 * the error goes on.
 */
export async function reportStop<Result>(
  host: Host,
  project: Project,
  environments: readonly Environment[],
  { isDryRun, reports, verb }: Pick<CarryOutOptions, 'isDryRun' | 'reports' | 'verb'>,
  task: () => Promise<Result>,
): Promise<Result> {
  const startedAt = host.now();
  try {
    return await task();
  } catch (error) {
    const [environment] = environments;
    if (!isDryRun && reports.length > 0 && environment !== undefined && error instanceof ToolError) {
      const workspaces = environments.map((each) => toStoppedRun(each, error));
      await writeRunReports(host, project, { environment, verb, startedAt, workspaces, reports });
    }
    throw error;
  }
}
