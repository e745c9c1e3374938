import { ToolError } from '../../core/tool-error.ts';
import { readWorkspace } from '../../deploy/read-workspace.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import { planRollback } from '../../plan/snapshot.ts';
import { carryOut, type CarryOutOptions } from '../carry-out.ts';
import { openStore } from '../open-store.ts';
import { addFormatOption, choiceOption, flagOption } from '../options.ts';
import { openProject } from '../project.ts';
import { planFormats } from '../render-plan.ts';
import { loadSnapshot } from '../snapshots.ts';
import { addAccessOptions, addLimitOptions, readLimits, readTarget } from '../target-options.ts';
import type { Verb } from '../verb.ts';

const help = `
Brings back what a deploy changed: resources that it updated or deleted get their earlier values, those that it created are
deleted. Every deploy keeps a snapshot before its first write, and so does a rollback. Without a file, the newest is taken.
The detections are not read; the next deploy brings the workspace to what they say again.

Examples:
  kustodian rollback --env staging --dry-run
  kustodian rollback --env staging .kustodian/snapshots/staging/2026-01-02T03-04-05.678Z.json`;

/** `kustodian rollback` */
export const rollback: Verb = {
  configure(command) {
    command.argument('[snapshot]', 'a file that a deploy kept (default: the newest of the environment)');
    addAccessOptions(command);
    addLimitOptions(command);
    command.option('-y, --yes', 'do not ask');
    command.option('-n, --dry-run', 'show the plan and stop');
    addFormatOption(command, planFormats);
    command.addHelpText('after', help);
  },

  async run(host, args, options) {
    const target = readTarget(options);
    const how: CarryOutOptions = {
      format: choiceOption(options, 'format', planFormats),
      isDryRun: flagOption(options, 'dryRun'),
      isSure: flagOption(options, 'yes'),
      limits: readLimits(options),
      verb: 'Roll back',
    };
    const project = await openProject(host);
    const environment = findEnvironment(project.config, target.environment);
    const snapshot = await loadSnapshot(host, project, environment, args[0]);
    const store = await openStore(host, project, environment, { ...target, forWriting: !how.isDryRun });
    if (snapshot.workspaceId.toLowerCase() !== store.workspaceId.toLowerCase()) {
      throw new ToolError(
        'usage',
        `the snapshot is of "${snapshot.workspaceId}", not of "${store.workspaceId}"`,
      );
    }
    const live = await readWorkspace(store, host.signal);
    return carryOut(host, project, environment, { plan: planRollback(snapshot, live), live }, store, how);
  },
};
