import { findTargets } from '../../detection/load-config.ts';
import { acknowledgeDrift } from '../../plan/acknowledge-drift.ts';
import { findDrift, type Drift } from '../../plan/find-drift.ts';
import type { Plan } from '../../plan/plan.ts';
import { renderDriftJson } from '../../report/render-drift-json.ts';
import { renderDriftMarkdown } from '../../report/render-drift-markdown.ts';
import { renderDriftText } from '../../report/render-drift-text.ts';
import { hasFailed } from '../carry-out-targets.ts';
import { continueTargets } from '../for-each-target.ts';
import type { Host } from '../host.ts';
import { addFormatOption, choiceOption } from '../options.ts';
import { paletteFor } from '../palette.ts';
import { planTargets } from '../plan-targets.ts';
import { openProject } from '../project.ts';
import { addSizeOption, planFormats, readSize, type PlanFormat } from '../render-plan.ts';
import { reportTargets } from '../report-targets.ts';
import { addAccessOptions, readTarget } from '../target-options.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
Names field by field what was changed in the workspace since the last deploy: resources of ours that were edited, disabled or
deleted there. What the repository changed and did not deploy yet is no drift. Nothing is written. Exits with 1 if there is any.

Examples:
  kustodian drift --env production
  kustodian drift --env production --format markdown >> "$GITHUB_STEP_SUMMARY"`;

/** `kustodian drift` */
export const drift: Verb = {
  configure(command) {
    addAccessOptions(command);
    addFormatOption(command, planFormats);
    addSizeOption(command);
    command.addHelpText('after', help);
  },

  async run(host, _args, options) {
    const format = choiceOption(options, 'format', planFormats);
    const target = readTarget(options);
    const project = await openProject(host);
    const environments = findTargets(project.config, target.environment, target.workspace);
    const planned = await planTargets(host, project, environments, {
      ...target,
      preflight: false,
      forWriting: false,
    });
    if (planned === undefined) return exitCodes.findings;

    const maxSize = readSize(options, planned.length);
    let isClean = !hasFailed(planned);
    const reports = await continueTargets(planned, ({ planned: { plan, live, acknowledgedDrift = [] } }) => {
      const found = acknowledgeDrift(findDrift(plan, live), acknowledgedDrift);
      if (found.some(({ acknowledged }) => acknowledged === undefined)) isClean = false;
      return Promise.resolve(render(plan, found, format, { host, maxSize }));
    });
    reportTargets(host, format, reports);
    return isClean ? exitCodes.clean : exitCodes.findings;
  },
};

function render(
  plan: Plan,
  found: readonly Drift[],
  format: PlanFormat,
  { host, maxSize }: { readonly host: Host; readonly maxSize: number },
): string {
  switch (format) {
    case 'text':
      return renderDriftText(plan, found, paletteFor(host.stdout, host.env));
    case 'json':
      return renderDriftJson(plan, found);
    case 'markdown':
      return renderDriftMarkdown(plan, found, { maxSize });
  }
}
