import { findEnvironment } from '../../detection/load-config.ts';
import { summarisePlan } from '../../plan/summarise-plan.ts';
import { renderPlanJson } from '../../report/render-plan-json.ts';
import { loadDesiredState } from '../desired-state.ts';
import { openStore } from '../open-store.ts';
import { addFormatOption, choiceOption, flagOption, textOption } from '../options.ts';
import { openProject } from '../project.ts';
import { readPlan } from '../read-plan.ts';
import { addTargetOptions, readTarget } from '../target-options.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { planFormats, renderPlan } from '../render-plan.ts';

const help = `
Reads the workspace and compares it with the detections, field by field. Nothing is written to the workspace.

Examples:
  kustodian plan --env staging
  kustodian plan --env staging --format markdown >> "$GITHUB_STEP_SUMMARY"
  kustodian plan --env production --out plan.json --detailed-exitcode`;

/** `kustodian plan` */
export const plan: Verb = {
  configure(command) {
    addTargetOptions(command);
    command.option('-o, --out <file>', 'also write the plan to a file, as JSON');
    command.option('--detailed-exitcode', 'exit with 3 if there is something to change');
    addFormatOption(command, planFormats);
    command.addHelpText('after', help);
  },

  async run(host, _args, options) {
    const format = choiceOption(options, 'format', planFormats);
    const target = readTarget(options);
    const project = await openProject(host);
    const environment = findEnvironment(project.config, target.environment);
    const desired = await loadDesiredState(host, project, environment);
    if (desired === undefined) return exitCodes.findings;

    const store = await openStore(host, project, environment, { ...target, forWriting: false });
    const { plan: result } = await readPlan(host, project, environment, store, desired, target);
    const out = textOption(options, 'out');
    if (out !== undefined) await host.fileSystem(host.cwd).writeFileAtomic(out, renderPlanJson(result));
    host.stdout.write(renderPlan(result, format, host));

    const { writes, collisions, blocked } = summarisePlan(result);
    if (collisions + blocked > 0) return exitCodes.findings;
    return writes > 0 && flagOption(options, 'detailedExitcode') ? exitCodes.changes : exitCodes.clean;
  },
};
