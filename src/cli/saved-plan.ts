import { readWorkspace } from '../deploy/read-workspace.ts';
import type { Environment } from '../detection/config.ts';
import { ToolError } from '../core/tool-error.ts';
import { findOutdated } from '../plan/basis.ts';
import { parsePlan } from '../plan/parse-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { ContentStore } from '../sentinel/content-store.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';
import type { ReadPlan } from './read-plan.ts';

/**
 * Reads a plan that `plan --out` saved, and sees that it is for this environment.
 *
 * @param file relative to the working directory
 * @throws ToolError `plan-invalid` if it is no plan, `usage` if it is for another environment or owner
 */
export async function loadSavedPlan(
  host: Host,
  { config }: Project,
  environment: Environment,
  file: string,
): Promise<Plan> {
  const bytes = await host.fileSystem(host.cwd).readFile(file);
  const plan = parsePlan(new TextDecoder().decode(bytes), file);
  if (plan.environment !== environment.name) {
    throw new ToolError(
      'usage',
      `"${file}" is a plan for environment "${plan.environment}", not "${environment.name}"`,
      { hint: `give --env ${plan.environment}` },
    );
  }
  if (plan.owner !== config.owner) {
    throw new ToolError('usage', `"${file}" is a plan of owner "${plan.owner}", not of "${config.owner}"`);
  }
  return plan;
}

/**
 * Sees that a saved plan still fits the workspace, before anything is written.
 *
 * @throws ToolError `plan-outdated` if anything that it would write to was written, made or deleted since
 */
export async function checkSavedPlan(host: Host, plan: Plan, store: ContentStore): Promise<ReadPlan> {
  if (plan.workspaceId.toLowerCase() !== store.workspaceId.toLowerCase()) {
    throw new ToolError('usage', `the plan is for "${plan.workspaceId}", not for "${store.workspaceId}"`, {
      hint: 'the environment names another workspace by now; plan again',
    });
  }
  const live = await readWorkspace(store, host.signal);
  const outdated = findOutdated(plan, live);
  if (outdated.length === 0) return { plan, live };
  const names = outdated.slice(0, 5).map(({ displayName, name }) => `"${displayName}" (${name})`);
  const more = outdated.length > names.length ? ` and ${outdated.length - names.length} more` : '';
  throw new ToolError(
    'plan-outdated',
    `the workspace has changed since the plan: ${names.join(', ')}${more}; nothing was written`,
    { hint: 'plan again, and look at what is different' },
  );
}
