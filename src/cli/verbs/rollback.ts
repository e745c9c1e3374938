import { ToolError } from '../../core/tool-error.ts';
import { completePlan } from '../../deploy/complete-plan.ts';
import { readWorkspace } from '../../deploy/read-workspace.ts';
import type { NewHold } from '../../detection/add-holds.ts';
import { targetName, type Environment } from '../../detection/config.ts';
import { findTargets } from '../../detection/load-config.ts';
import { planRollback } from '../../plan/snapshot.ts';
import { isWrite } from '../../plan/summarise-plan.ts';
import { addCarryOutOptions, readCarryOut } from '../carry-out-options.ts';
import { carryOutTargets } from '../carry-out-targets.ts';
import { refuseUnseen } from '../confirm-writes.ts';
import { forEachTarget, valuesOf } from '../for-each-target.ts';
import { addHoldOptions, readHold, recordHolds, type HoldRequest } from '../hold-options.ts';
import type { Host } from '../host.ts';
import { openStore } from '../open-store.ts';
import { flagOption } from '../options.ts';
import type { PlannedTarget } from '../plan-targets.ts';
import { openProject, type Project } from '../project.ts';
import { reportStop } from '../report-stop.ts';
import { addSaveOption, readSaveOption, savePlans } from '../save-plans.ts';
import { loadSnapshot } from '../snapshots.ts';
import { addAccessOptions, addBreakageOption, readTarget, type Target } from '../target-options.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
Brings back what a deploy changed: resources that it updated or deleted get their earlier values, those that it created are
deleted. Every deploy keeps a snapshot before its first write, and so does a rollback. Without a file, the newest is taken.
The detections are not read; the next deploy brings the workspace to what they say again, unless --hold keeps it from that until
a given time: it adds holds to kustodian.yaml. With --out the plan is saved, and "kustodian deploy --plan" carries it out: the
way for a protected environment where there is no terminal.

Examples:
  kustodian rollback --env staging --dry-run
  kustodian rollback --env staging .kustodian/snapshots/staging/2026-01-02T03-04-05.678Z.json
  kustodian rollback --env production --out plan.json
  kustodian rollback --env production --hold --reason "INC-1234" --until 2026-12-31`;

/** `kustodian rollback` */
export const rollback: Verb = {
  configure(command) {
    command.argument('[snapshot]', 'a file that a deploy kept (default: the newest of the environment)');
    addAccessOptions(command);
    addBreakageOption(command);
    command.option('--hold', 'also hold what is rolled back, so that the next deploy does not undo it');
    addHoldOptions(command);
    addSaveOption(command);
    addCarryOutOptions(command);
    command.addHelpText('after', help);
  },

  async run(host, args, options) {
    const target = readTarget(options);
    const how = readCarryOut(options, 'rollback');
    const out = readSaveOption(options, how);
    const isWriting = out === undefined && !how.isDryRun;
    const hold = flagOption(options, 'hold') ? readHold(options, host.now()) : undefined;
    const project = await openProject(host);
    const environments = findTargets(project.config, target.environment, target.workspace);
    if (args[0] !== undefined && environments.length > 1) {
      throw new ToolError('usage', `"${args[0]}" is the snapshot of one workspace`, {
        hint: 'say which with --workspace, or leave the file out to take the newest of each',
      });
    }
    if (isWriting) for (const each of environments) refuseUnseen(each, how);
    const access = { ...target, forWriting: isWriting };
    const planned = await reportStop(host, project, environments, how, () =>
      forEachTarget(environments, (environment) =>
        planTarget(host, project, environment, args[0], { ...access, hold }),
      ),
    );
    const exitCode =
      out === undefined
        ? await carryOutTargets(host, project, planned, how)
        : await savePlans(host, planned, { format: how.format, out });
    if (hold === undefined || exitCode !== exitCodes.clean) return exitCode;
    await recordHolds(host, project, toHolds(valuesOf(planned), hold), {
      ...how,
      isSaved: out !== undefined,
    });
    return exitCode;
  },
};

/** One a detection that was rolled back. */
function toHolds(targets: readonly PlannedTarget[], { reason, until }: HoldRequest): readonly NewHold[] {
  const byKey = new Map<string, NewHold>();
  for (const { environment, planned } of targets) {
    for (const { detection, displayName } of planned.plan.changes.filter(isWrite)) {
      const name = targetName(environment);
      const hold = { detection: detection.id, displayName, environment: name, reason, until };
      byKey.set(`${name}\n${detection.id}`, hold);
    }
  }
  return [...byKey.values()];
}

async function planTarget(
  host: Host,
  project: Project,
  environment: Environment,
  file: string | undefined,
  access: Target & { readonly forWriting: boolean; readonly hold: HoldRequest | undefined },
): Promise<PlannedTarget> {
  const snapshot = await loadSnapshot(host, project, environment, file);
  const store = await openStore(host, project, environment, access);
  if (snapshot.workspaceId.toLowerCase() !== store.workspaceId.toLowerCase()) {
    throw new ToolError(
      'usage',
      `the snapshot is of "${snapshot.workspaceId}", not of "${store.workspaceId}"`,
    );
  }
  const { signal } = host;
  const live = await readWorkspace(store, { signal, expectedId: environment.workspaceId });
  const { allowBrokenAutomation, hold } = access;
  const plan = await completePlan(planRollback(snapshot, live, hold?.remembered), store, {
    allowBrokenAutomation,
    signal,
  });
  return { environment, store, planned: { plan, live } };
}
