import { Option } from 'commander';
import { examineWorkspace } from '../../azure/examine-workspace.ts';
import { ToolError } from '../../core/tool-error.ts';
import { targetName, type Environment } from '../../detection/config.ts';
import { findTargets } from '../../detection/load-config.ts';
import { renderCheckupsJson, renderCheckupsText } from '../../report/render-checkups.ts';
import type { Checkup } from '../../sentinel/checkup.ts';
import { purposes, type Purpose } from '../../sentinel/required-actions.ts';
import { hasFailed } from '../carry-out-targets.ts';
import { continueTargets, forEachTarget, valuesOf } from '../for-each-target.ts';
import type { Host } from '../host.ts';
import { connect } from '../open-store.ts';
import { addFormatOption, choiceOption } from '../options.ts';
import { paletteFor } from '../palette.ts';
import { configFile, openProject, type Project } from '../project.ts';
import { reportTargets } from '../report-targets.ts';
import { addAccessOptions, readTarget, type Target } from '../target-options.ts';
import { exitCodes, type Verb } from '../verb.ts';

const formats = ['text', 'json'] as const;

const help = `
Looks, in this order, at the configuration, the sign-in, the subscription, resource group and workspace, the resource providers,
Microsoft Sentinel on the workspace, what the roles of the identity allow, each kind of resource with the api-version that it is
asked for with, the clock, and the rate limit. Nothing is written. What fails comes with its remedy, and exits with 1.

Examples:
  kustodian doctor --env staging
  kustodian doctor --env production --for plan       as the identity that only reads`;

/** `kustodian doctor` */
export const doctor: Verb = {
  configure(command) {
    addAccessOptions(command);
    command.addOption(
      new Option('--for <purpose>', 'what the identity is for').choices(purposes).default('deploy'),
    );
    addFormatOption(command, formats);
    command.addHelpText('after', help);
  },

  async run(host, _args, options) {
    const format = choiceOption(options, 'format', formats);
    const purpose = choiceOption(options, 'for', purposes);
    const target = readTarget(options);
    const project = await openProject(host);
    const environments = findTargets(project.config, target.environment, target.workspace);
    const examined = await forEachTarget(environments, (environment) =>
      examine(host, project, environment, target, purpose),
    );
    const reports = await continueTargets(examined, (checkups, environment) =>
      Promise.resolve(
        format === 'json'
          ? renderCheckupsJson(targetName(environment), checkups)
          : renderCheckupsText(targetName(environment), checkups, paletteFor(host.stdout, host.env)),
      ),
    );
    reportTargets(host, format, reports);
    const isHealthy = valuesOf(examined)
      .flat()
      .every(({ status }) => status !== 'fail');
    return isHealthy && !hasFailed(examined) ? exitCodes.clean : exitCodes.findings;
  },
};

async function examine(
  host: Host,
  project: Project,
  environment: Environment,
  { credential }: Target,
  purpose: Purpose,
): Promise<readonly Checkup[]> {
  const { apiVersion, cloud, workspaceId } = environment;
  const configuration: Checkup = {
    id: 'configuration',
    title: configFile,
    status: 'pass',
    detail: `environment ${targetName(environment)}, cloud ${cloud}, api-version ${apiVersion}`,
  };
  const client = await connect(host, project, environment, { credential, forWriting: false }).catch(toSignIn);
  if ('status' in client) return [configuration, client];
  const checkups = await examineWorkspace({
    ...client,
    purpose,
    expectedId: workspaceId,
    now: () => host.now(),
  });
  return [configuration, ...checkups];
}

/** Not to have said how to sign in is a finding of its own. */
function toSignIn(error: unknown): Checkup {
  if (!(error instanceof ToolError) || error.code !== 'authentication-failed') throw error;
  const { hint, message } = error;
  const remedy = hint === undefined ? {} : { remedy: hint };
  return { id: 'sign-in', title: 'sign-in', status: 'fail', detail: message, ...remedy };
}
