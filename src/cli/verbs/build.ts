import type { JsonObject } from '../../core/json.ts';
import { ToolError } from '../../core/tool-error.ts';
import { buildTemplateFiles } from '../../compile/arm-template-files.ts';
import { newState } from '../../plan/applied-state.ts';
import { targetName } from '../../detection/config.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import { loadDesiredState } from '../desired-state.ts';
import { textOption } from '../options.ts';
import { openProject } from '../project.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { writeBuild } from '../write-build.ts';

const help = `
Validates every detection, then writes ARM templates that bring a workspace to the state of the environment without
Kustodian: DIR/detections/ has one a detection, DIR/combined-1.json (and further ones where Azure's limits need them) has all.
With an error in any detection nothing is written. Files of an earlier build that are no longer described are removed.

Examples:
  kustodian build --env production --out build/production
  az deployment group create --resource-group rg-sentinel --template-file build/production/combined-1.json`;

/** `kustodian build` */
export const build: Verb = {
  configure(command) {
    command.requiredOption('-e, --env <name>', 'environment of kustodian.yaml');
    command.requiredOption('-o, --out <dir>', 'folder to write to; it is made if there is none');
    command.addHelpText('after', help);
  },

  async run(host, _args, options) {
    const out = textOption(options, 'out') ?? '';
    if (out === '')
      throw new ToolError('usage', '--out names no folder', { hint: 'give one, such as build' });
    const project = await openProject(host);
    const environment = findEnvironment(project.config, textOption(options, 'env') ?? '');
    const state = await loadDesiredState(host, project, environment);
    if (state === undefined) return exitCodes.findings;

    const { apiVersion, workspace } = environment;
    const { owner, detections: detectionsFolder } = project.config;
    const { single, combined } = buildTemplateFiles(state.desired, {
      owner,
      apiVersion,
      workspace,
      detectionsFolder,
      customVersionOf: ({ kind, body }) => newState(kind, { ...body } as JsonObject),
    });
    const folder = out.replaceAll('\\', '/');
    const files = [...single, ...combined];
    const { removed, kept } = await writeBuild(
      host.fileSystem(host.cwd),
      folder,
      targetName(environment),
      files,
    );
    for (const path of removed) host.stderr.write(`removed ${path}, which is no longer described\n`);
    for (const path of kept) host.stderr.write(`kept ${path}: it was changed after it was built\n`);
    host.stdout.write(
      `wrote ${single.length} templates of one detection and ${combined.length} of all to ${out}\n`,
    );
    return exitCodes.clean;
  },
};
