import { ToolError } from '../../core/tool-error.ts';
import { findTargets } from '../../detection/load-config.ts';
import type { CarryOutOptions } from '../carry-out.ts';
import { addCarryOutOptions, readCarryOut } from '../carry-out-options.ts';
import { carryOutTargets } from '../carry-out-targets.ts';
import { refuseUnseen } from '../confirm-writes.ts';
import type { Host } from '../host.ts';
import { textOption, type Options } from '../options.ts';
import { planTargets } from '../plan-targets.ts';
import { openProject } from '../project.ts';
import { reportStop } from '../report-stop.ts';
import { openSavedPlan, readSavedPlan, type SavedPlan } from '../saved-plan.ts';
import { addTargetOptions, readTarget, type Target } from '../target-options.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
Validates every detection, plans against the workspace, asks, and carries the plan out. With an error in any detection
nothing is compared, written or deleted. A change that fails does not stop the others; run again to finish what is left.
With --plan, exactly the plan that plan --out saved is carried out; if the workspace has changed since where the plan would
write, nothing is. The embedded workspace "local" is not asked about. To an environment with "protected: true" nothing is written
with --yes alone: save a plan and deploy that, or type the environment's name at a terminal.

Examples:
  kustodian deploy                         to the embedded local workspace
  kustodian deploy --env staging --dry-run
  kustodian deploy --env staging --yes     without a question, as in CI
  kustodian deploy --env staging --prune   remove what is ours and no longer described, too
  kustodian deploy detections/execution    these only; nothing is removed
  kustodian deploy --env production --plan plan.json --plan-digest 3a7bd3e2360a…
  kustodian deploy --env customers --workspace contoso`;

/** `kustodian deploy` */
export const deploy: Verb = {
  configure(command) {
    command.argument('[paths...]', 'deploy these files and folders only; everything if none is given');
    addTargetOptions(command);
    command.option('--plan <file>', 'carry out a saved plan instead of making one');
    command.option('--plan-digest <hex>', 'the digest that plan --out printed; any other file is refused');
    addCarryOutOptions(command);
    command.addHelpText('after', help);
  },

  async run(host, paths, options) {
    const target = readTarget(options);
    const saved = await readSaved(host, options, target, paths);
    const how: CarryOutOptions = { ...readCarryOut(options, 'deploy'), isSaved: saved !== undefined };
    const project = await openProject(host);
    const environments = findTargets(project.config, target.environment, target.workspace);
    if (!how.isDryRun) for (const each of environments) refuseUnseen(each, how);
    const access = { ...target, forWriting: !how.isDryRun };
    const planned = await reportStop(host, project, environments, how, () =>
      saved === undefined
        ? planTargets(host, project, environments, access, paths)
        : openSavedPlan(host, project, environments, saved, access),
    );
    if (planned === undefined) return exitCodes.findings;
    return await carryOutTargets(host, project, planned, how);
  },
};

/** The plan that the user gives; undefined if one is to be made. */
async function readSaved(
  host: Host,
  options: Options,
  target: Target,
  paths: readonly string[],
): Promise<SavedPlan | undefined> {
  const file = textOption(options, 'plan');
  const digest = textOption(options, 'planDigest');
  if (file !== undefined) {
    checkTarget(target, paths);
    return await readSavedPlan(host, file, digest);
  }
  if (digest === undefined) return undefined;
  throw new ToolError('usage', '--plan-digest goes with --plan only', {
    hint: 'give the file that plan --out wrote with --plan',
  });
}

function checkTarget(target: Target, paths: readonly string[]): void {
  const given = [
    ...(target.adopt ? ['--adopt'] : []),
    ...(target.prune ? ['--prune'] : []),
    ...(target.allowBrokenAutomation ? ['--allow-broken-automation'] : []),
    ...(target.enableAutoDisabled ? ['--enable-auto-disabled'] : []),
    ...(target.preflight ? [] : ['--no-preflight']),
    ...(target.liftHolds ? ['--lift-holds'] : []),
    ...(paths.length > 0 ? ['paths'] : []),
  ];
  if (given[0] === undefined) return;
  throw new ToolError('usage', `--plan does not go with ${given[0]}`, {
    hint: 'a saved plan is carried out as it is; give it to kustodian plan --out',
  });
}
