import { ToolError } from '../../core/tool-error.ts';
import { readWorkspace } from '../../deploy/read-workspace.ts';
import { targetName, type Environment } from '../../detection/config.ts';
import { findTargets } from '../../detection/load-config.ts';
import { planDisabling } from '../../plan/plan-disabling.ts';
import type { NewHold } from '../../detection/add-holds.ts';
import { addCarryOutOptions, readCarryOut } from '../carry-out-options.ts';
import { carryOutTargets } from '../carry-out-targets.ts';
import { refuseUnseen } from '../confirm-writes.ts';
import { forEachTarget, valuesOf } from '../for-each-target.ts';
import { headCommit } from '../head-commit.ts';
import { addHoldOptions, readHold, recordHolds, type HoldRequest } from '../hold-options.ts';
import type { Host } from '../host.ts';
import { openStore } from '../open-store.ts';
import type { PlannedTarget } from '../plan-targets.ts';
import { openProject, toRootPath, type Project } from '../project.ts';
import { reportStop } from '../report-stop.ts';
import { addSaveOption, readSaveOption, savePlans } from '../save-plans.ts';
import { addAccessOptions, readTarget, type Target } from '../target-options.ts';
import { validateProject } from '../validate-project.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
The emergency brake: switches an alert rule off in the workspace, now, and adds a hold to kustodian.yaml, so that no deploy
switches it on again before the given time. DETECTION is its file, its id, or its name. The other detections are not read. It goes
the way of a deploy: plan, limits, question, snapshot; "kustodian rollback" switches it on again. With --out the plan is saved,
and "kustodian deploy --plan" carries it out: the way for a protected environment where there is no terminal.

Examples:
  kustodian disable detections/execution/encoded-command.yaml --env production \\
    --reason "floods the queue since the proxy was changed" --until 2026-12-31`;

/** `kustodian disable DETECTION` */
export const disable: Verb = {
  configure(command) {
    command.argument('<detection>', 'file, id or name of the detection');
    addAccessOptions(command);
    addHoldOptions(command);
    addSaveOption(command);
    addCarryOutOptions(command);
    command.addHelpText('after', help);
  },

  async run(host, [wanted = ''], options) {
    const target = readTarget(options);
    const hold = readHold(options, host.now());
    const how = readCarryOut(options, 'disable');
    const out = readSaveOption(options, how);
    const isWriting = out === undefined && !how.isDryRun;
    const project = await openProject(host);
    const environments = findTargets(project.config, target.environment, target.workspace);
    if (isWriting) for (const each of environments) refuseUnseen(each, how);
    const isFile = /\.ya?ml$/i.test(wanted);
    const id = isFile ? await readId(host, project, wanted) : wanted;
    const access = { ...target, forWriting: isWriting };
    const planned = await reportStop(host, project, environments, how, () =>
      forEachTarget(environments, (environment) => planTarget(host, project, environment, id, hold, access)),
    );
    const exitCode =
      out === undefined
        ? await carryOutTargets(host, project, planned, how)
        : await savePlans(host, planned, { format: how.format, out });
    if (exitCode !== exitCodes.clean) return exitCode;
    const file = isFile ? toRootPath(host, project, wanted) : undefined;
    await recordHolds(host, project, toHolds(valuesOf(planned), hold, target, file), {
      ...how,
      isSaved: out !== undefined,
    });
    return exitCode;
  },
};

/** The id of the detection in a file: all that is read of the repository. */
async function readId(host: Host, project: Project, path: string): Promise<string> {
  const file = toRootPath(host, project, path);
  const { loaded } = await validateProject(host, project, [file], { isPart: true });
  const [first] = loaded;
  if (first !== undefined) return first.detection.id;
  throw new ToolError('usage', `"${path}" has errors, so it does not tell its id`, {
    hint: 'name the detection by its id, or by the name that the workspace shows',
  });
}

async function planTarget(
  host: Host,
  project: Project,
  environment: Environment,
  wanted: string,
  { remembered }: HoldRequest,
  access: Target & { readonly forWriting: boolean },
): Promise<PlannedTarget> {
  const store = await openStore(host, project, environment, access);
  const live = await readWorkspace(store, { signal: host.signal, expectedId: environment.workspaceId });
  const plan = planDisabling({
    environment: targetName(environment),
    workspaceId: store.workspaceId,
    owner: project.config.owner,
    live,
    wanted,
    hold: remembered,
    commit: await headCommit(host, project),
  });
  return { environment, store, planned: { plan, live } };
}

/** One a detection: with many workspaces it is the same one in all of them. */
function toHolds(
  targets: readonly PlannedTarget[],
  { reason, until }: HoldRequest,
  { environment, workspace }: Target,
  file: string | undefined,
): readonly NewHold[] {
  const byId = new Map<string, NewHold>();
  for (const change of targets.flatMap(({ planned }) => planned.plan.changes)) {
    if (change.action !== 'disable') continue;
    const { detection, displayName } = change;
    byId.set(detection.id, {
      detection: file ?? detection.id,
      displayName,
      environment: workspace === undefined ? environment : `${environment}/${workspace}`,
      reason,
      until,
    });
  }
  return [...byId.values()];
}
