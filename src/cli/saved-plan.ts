import { findNewlyPointedAt } from '../deploy/complete-plan.ts';
import { readWorkspace } from '../deploy/read-workspace.ts';
import { targetName, type Environment } from '../detection/config.ts';
import { ToolError } from '../core/tool-error.ts';
import { findOutdated } from '../plan/basis.ts';
import type { Change, Plan } from '../plan/plan.ts';
import { digestOf, parsePlans, type PlanSet } from '../plan/plan-set.ts';
import { forEachTarget, type TargetResult } from './for-each-target.ts';
import type { Host } from './host.ts';
import { openStore } from './open-store.ts';
import type { PlannedTarget } from './plan-targets.ts';
import type { Project } from './project.ts';
import type { Target } from './target-options.ts';

/** A file that `plan --out` wrote. */
export interface SavedPlan {
  readonly file: string;
  readonly content: Plan | PlanSet;
}

/**
 * Reads a plan that `plan --out` saved.
 *
 * @param file relative to the working directory
 * @param digest what SHA-256 of the file has to be, hexadecimal, with or without `sha256:` before it; any if not given
 * @throws ToolError `plan-invalid` if the file has another digest or is no plan, `usage` if `digest` is none
 */
export async function readSavedPlan(
  host: Host,
  file: string,
  digest: string | undefined,
): Promise<SavedPlan> {
  const wanted = digest === undefined ? undefined : parseDigest(digest);
  const bytes = await host.fileSystem(host.cwd).readFile(file);
  const actual = digestOf(bytes);
  if (wanted !== undefined && wanted !== actual) {
    throw new ToolError(
      'plan-invalid',
      `"${file}" is not the plan that was approved: its digest is ${actual}, not ${wanted}`,
      {
        hint: 'deploy the file that plan --out wrote, as it is, with the digest that was printed then; or plan again',
      },
    );
  }
  return { file, content: parsePlans(new TextDecoder().decode(bytes), file) };
}

function parseDigest(text: string): string {
  const digest = /^(?:sha256:)?([\da-f]{64})$/i.exec(text.trim())?.[1]?.toLowerCase();
  if (digest !== undefined) return digest;
  throw new ToolError('usage', `"${text}" is no digest of a plan`, {
    hint: 'give the 64 hexadecimal digits that plan --out printed',
  });
}

/**
 * Sees that a saved plan is for these workspaces and still fits them, before anything is written.
 *
 * @throws ToolError `usage` if it is for another environment or owner, `plan-outdated` if anything that it would write to was
 *   written, made or deleted since; for one of many workspaces that is its result
 */
export async function openSavedPlan(
  host: Host,
  project: Project,
  environments: readonly Environment[],
  { file, content }: SavedPlan,
  access: Target & { readonly forWriting: boolean },
): Promise<readonly TargetResult<PlannedTarget>[]> {
  checkEnvironment(file, content, environments);
  return await forEachTarget(environments, async (environment) => {
    const plan = planFor(file, content, environment);
    if (plan.owner !== project.config.owner) {
      throw new ToolError(
        'usage',
        `"${file}" is a plan of owner "${plan.owner}", not of "${project.config.owner}"`,
      );
    }
    const store = await openStore(host, project, environment, access);
    if (plan.workspaceId.toLowerCase() !== store.workspaceId.toLowerCase()) {
      throw new ToolError('usage', `the plan is for "${plan.workspaceId}", not for "${store.workspaceId}"`, {
        hint: 'the environment names another workspace by now; plan again',
      });
    }
    const { signal } = host;
    const live = await readWorkspace(store, { signal, expectedId: environment.workspaceId });
    checkIsCurrent([...findOutdated(plan, live), ...(await findNewlyPointedAt(plan, store, signal))]);
    return { environment, store, planned: { plan, live } };
  });
}

/** A plan for a single workspace names it as a target, one for many names the environment. */
function checkEnvironment(
  file: string,
  { environment }: Plan | PlanSet,
  environments: readonly Environment[],
): void {
  const names = environments.flatMap((each) => [targetName(each), each.name]);
  if (names.includes(environment)) return;
  throw new ToolError(
    'usage',
    `"${file}" is a plan for environment "${environment}", not "${environments[0]?.name ?? ''}"`,
    { hint: `give --env ${environment}` },
  );
}

function planFor(file: string, content: Plan | PlanSet, environment: Environment): Plan {
  const target = targetName(environment);
  if (!('plans' in content)) {
    if (content.environment === target) return content;
    throw new ToolError(
      'usage',
      `"${file}" holds no plan for "${target}", only one for "${content.environment}"`,
      {
        hint: `give --env ${content.environment}`,
      },
    );
  }
  const entry = content.plans.find(({ workspace }) => workspace === environment.member);
  if (entry?.plan.environment === target) return entry.plan;
  const failure = content.failed.find(({ workspace }) => workspace === environment.member);
  const reason = failure === undefined ? '' : `: planning it failed (${failure.error.message})`;
  throw new ToolError('usage', `"${file}" holds no plan for "${target}"${reason}`, {
    hint: 'plan again, or leave it out with --workspace',
  });
}

function checkIsCurrent(outdated: readonly Change[]): void {
  if (outdated.length === 0) return;
  const names = outdated.slice(0, 5).map(({ displayName, name }) => `"${displayName}" (${name})`);
  const more = outdated.length > names.length ? ` and ${outdated.length - names.length} more` : '';
  throw new ToolError(
    'plan-outdated',
    `the workspace has changed since the plan: ${names.join(', ')}${more}; nothing was written`,
    { hint: 'plan again, and look at what is different' },
  );
}
