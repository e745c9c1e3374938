import { ToolError } from '../core/tool-error.ts';
import { targetName, type Environment } from '../detection/config.ts';
import { countOf } from '../report/count-of.ts';
import type { RunVerb } from '../report/run-report.ts';
import type { Host } from './host.ts';

/** How sure the user is of what is about to be written. */
export interface Assurance {
  /** What was asked: the remedy names it. */
  readonly verb: RunVerb;
  /** Do not ask. */
  readonly isSure: boolean;
  /** True if the plan was saved before, so that somebody could look at it. */
  readonly isSaved?: boolean;
}

/**
 * Refuses to write to a protected environment without a question where nobody can have seen the plan.
 *
 * @throws ToolError `confirmation-needed`
 */
export function refuseUnseen(environment: Environment, assurance: Assurance): void {
  const { isSure, isSaved } = assurance;
  if (!environment.isProtected || !isSure || isSaved === true) return;
  throw new ToolError(
    'confirmation-needed',
    `environment "${environment.name}" is protected, so --yes alone is not enough`,
    {
      hint: `${savingHint(environment, assurance)}; or leave --yes out and type the environment's name at a terminal`,
    },
  );
}

/** How to get to a plan that somebody saw, for the verb that was asked for. */
function savingHint(environment: Environment, { verb }: Assurance): string {
  const target = `--env ${targetName(environment)}`;
  const saving = {
    deploy: `plan ${target} --out plan.json`,
    rollback: `rollback ${target} --out plan.json`,
    disable: `disable DETECTION ${target} --reason … --until … --out plan.json`,
  }[verb];
  return `save a plan with kustodian ${saving}, look at it, and carry it out with kustodian deploy ${target} --plan plan.json --yes`;
}

/** What is about to be written. */
export interface IntendedWrites {
  /** How many changes. */
  readonly count: number;
  /** Of how many workspaces, where the environment has many. */
  readonly workspaces?: number;
}

/**
 * Asks whether to write, where that is to be asked: the name of a protected environment has to be typed, and an embedded one is
 * asked about only if it is protected.
 *
 * @throws ToolError `confirmation-needed` if there is nobody to ask
 */
export async function confirmWrites(
  host: Host,
  environment: Environment,
  writes: IntendedWrites,
  assurance: Assurance,
): Promise<boolean> {
  const { name, cloud, isProtected } = environment;
  refuseUnseen(environment, assurance);
  if (assurance.isSure || (cloud === 'local' && !isProtected)) return true;
  if (!host.canAsk) {
    throw new ToolError('confirmation-needed', 'there is no terminal to ask for confirmation', {
      hint: withoutTerminalHint(environment, assurance),
    });
  }
  const question = toQuestion(name, writes, assurance.verb);
  return await (isProtected ? host.confirm(question, name) : host.confirm(question));
}

function withoutTerminalHint(environment: Environment, assurance: Assurance): string {
  if (assurance.isSaved === true) return 'look at the saved plan, then give --yes as well';
  if (environment.isProtected) return savingHint(environment, assurance);
  return `look at the plan with --dry-run, then ${assurance.verb} with --yes`;
}

function toQuestion(name: string, { count, workspaces }: IntendedWrites, verb: RunVerb): string {
  const across = workspaces === undefined ? '' : ` in ${countOf(workspaces, 'workspace')}`;
  switch (verb) {
    case 'deploy':
      return `Deploy ${countOf(count, 'change')}${across} to ${name}?`;
    case 'rollback':
      return `Roll back with ${countOf(count, 'change')}${across} to ${name}?`;
    case 'disable':
      return `Disable ${countOf(count, 'alert rule')}${across} of ${name}?`;
  }
}
