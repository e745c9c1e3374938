import { ToolError } from '../core/tool-error.ts';
import type { Environment } from '../detection/config.ts';
import type { Host } from './host.ts';

/** How sure the user is of what is about to be written. */
export interface Assurance {
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
export function refuseUnseen({ name, isProtected }: Environment, { isSure, isSaved }: Assurance): void {
  if (!isProtected || !isSure || isSaved === true) return;
  throw new ToolError(
    'confirmation-needed',
    `environment "${name}" is protected, so --yes alone is not enough`,
    {
      hint:
        `save a plan with kustodian plan --env ${name} --out plan.json, look at it, and deploy it with --plan plan.json --yes; ` +
        `or leave --yes out and type the environment's name at a terminal`,
    },
  );
}

/**
 * Asks whether to write, where that is to be asked: the name of a protected environment has to be typed, and an embedded one is
 * asked about only if it is protected.
 *
 * @param doing what is about to be done, such as `Deploy 3 changes`
 * @throws ToolError `confirmation-needed` if there is nobody to ask
 */
export async function confirmWrites(
  host: Host,
  environment: Environment,
  doing: string,
  assurance: Assurance,
): Promise<boolean> {
  const { name, cloud, isProtected } = environment;
  refuseUnseen(environment, assurance);
  if (assurance.isSure || (cloud === 'local' && !isProtected)) return true;
  if (!host.canAsk) {
    throw new ToolError('confirmation-needed', 'there is no terminal to ask for confirmation', {
      hint: 'look at the plan with --dry-run, then deploy with --yes',
    });
  }
  const question = `${doing} to ${name}?`;
  return await (isProtected ? host.confirm(question, name) : host.confirm(question));
}
