import { findTargets } from '../../detection/load-config.ts';
import { summarisePlan } from '../../plan/summarise-plan.ts';
import { valuesOf } from '../for-each-target.ts';
import { addFormatOption, choiceOption, flagOption, textOption } from '../options.ts';
import { planTargets } from '../plan-targets.ts';
import { openProject } from '../project.ts';
import { addSizeOption, planFormats, readSize } from '../render-plan.ts';
import { savePlans } from '../save-plans.ts';
import { addTargetOptions, readTarget } from '../target-options.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
Reads the workspace and compares it with the detections, field by field. Nothing is written to the workspace. With --out, the
digest of the file is printed, too: deploy --plan FILE --plan-digest HEX runs that file and no other.

Examples:
  kustodian plan --env staging
  kustodian plan --env staging --format markdown >> "$GITHUB_STEP_SUMMARY"
  kustodian plan --env production --out plan.json --detailed-exitcode
  kustodian plan --env customers --workspace contoso`;

/** `kustodian plan` */
export const plan: Verb = {
  configure(command) {
    command.argument('[paths...]', 'plan these files and folders only; everything if none is given');
    addTargetOptions(command);
    command.option('-o, --out <file>', 'also write the plan to a file, as JSON');
    command.option('--detailed-exitcode', 'exit with 3 if there is something to change');
    addFormatOption(command, planFormats);
    addSizeOption(command);
    command.addHelpText('after', help);
  },

  async run(host, paths, options) {
    const format = choiceOption(options, 'format', planFormats);
    const target = readTarget(options);
    const project = await openProject(host);
    const environments = findTargets(project.config, target.environment, target.workspace);
    const planned = await planTargets(host, project, environments, { ...target, forWriting: false }, paths);
    if (planned === undefined) return exitCodes.findings;

    const out = textOption(options, 'out');
    const maxSize = readSize(options, planned.length);
    const exitCode = await savePlans(host, planned, { format, out, maxSize });
    if (exitCode !== exitCodes.clean) return exitCode;
    const hasChanges = valuesOf(planned).some((each) => summarisePlan(each.planned.plan).writes > 0);
    return hasChanges && flagOption(options, 'detailedExitcode') ? exitCodes.changes : exitCodes.clean;
  },
};
