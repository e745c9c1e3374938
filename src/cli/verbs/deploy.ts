import { ToolError } from '../../core/tool-error.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import { carryOut, type CarryOutOptions } from '../carry-out.ts';
import { loadDesiredState } from '../desired-state.ts';
import { openStore } from '../open-store.ts';
import { addFormatOption, choiceOption, flagOption, textOption } from '../options.ts';
import { openProject } from '../project.ts';
import { readPlan } from '../read-plan.ts';
import { planFormats } from '../render-plan.ts';
import { checkSavedPlan, loadSavedPlan } from '../saved-plan.ts';
import { addLimitOptions, addTargetOptions, readLimits, readTarget, type Target } from '../target-options.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
Validates every detection, plans against the workspace, asks, and carries the plan out. With an error in any detection
nothing is compared, written or deleted. A change that fails does not stop the others; run again to finish what is left.
With --plan, exactly the plan that plan --out saved is carried out; if the workspace has changed since where the plan would
write, nothing is. The embedded workspace "local" is never asked about.

Examples:
  kustodian deploy                         to the embedded local workspace
  kustodian deploy --env staging --dry-run
  kustodian deploy --env staging --yes     without a question, as in CI
  kustodian deploy --env staging --prune   delete what is ours and no longer described, too
  kustodian deploy --env production --plan plan.json`;

/** `kustodian deploy` */
export const deploy: Verb = {
  configure(command) {
    addTargetOptions(command);
    command.option('--plan <file>', 'carry out a saved plan instead of making one');
    addLimitOptions(command);
    command.option('-y, --yes', 'do not ask');
    command.option('-n, --dry-run', 'show the plan and stop');
    addFormatOption(command, planFormats);
    command.addHelpText('after', help);
  },

  async run(host, _args, options) {
    const target = readTarget(options);
    const file = textOption(options, 'plan');
    if (file !== undefined) checkTarget(target);
    const how: CarryOutOptions = {
      format: choiceOption(options, 'format', planFormats),
      isDryRun: flagOption(options, 'dryRun'),
      isSure: flagOption(options, 'yes'),
      limits: readLimits(options),
      verb: 'Deploy',
    };
    const project = await openProject(host);
    const environment = findEnvironment(project.config, target.environment);
    const access = { ...target, forWriting: !how.isDryRun };
    if (file !== undefined) {
      const plan = await loadSavedPlan(host, project, environment, file);
      const store = await openStore(host, project, environment, access);
      return carryOut(host, project, environment, await checkSavedPlan(host, plan, store), store, how);
    }
    const desired = await loadDesiredState(host, project, environment);
    if (desired === undefined) return exitCodes.findings;
    const store = await openStore(host, project, environment, access);
    const planned = await readPlan(host, project, environment, store, desired, target);
    return carryOut(host, project, environment, planned, store, how);
  },
};

function checkTarget({ adopt, prune }: Target): void {
  if (!adopt && !prune) return;
  throw new ToolError('usage', `--plan does not go with ${adopt ? '--adopt' : '--prune'}`, {
    hint: 'a saved plan is carried out as it is; give the flag to kustodian plan --out',
  });
}
