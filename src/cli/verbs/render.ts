import { hasErrors } from '../../core/diagnostic.ts';
import { compileDetection } from '../../compile/compile-detection.ts';
import { explainOrigins } from '../../compile/explain-origins.ts';
import { targetName } from '../../detection/config.ts';
import { findEnvironment } from '../../detection/load-config.ts';
import { isSelected } from '../../detection/select-detections.ts';
import { renderOriginsText } from '../../report/render-origins-text.ts';
import { recheckDetection } from '../../validate/recheck-detection.ts';
import { validateProject } from '../validate-project.ts';
import { judgeFindings } from '../judge-findings.ts';
import { flagOption, textOption } from '../options.ts';
import { pickDetection } from '../pick-detection.ts';
import { paletteFor } from '../palette.ts';
import { findContentFiles, openProject, toRootPath } from '../project.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { writeDiagnostics } from '../write-diagnostics.ts';

const help = `
DETECTION is a file, an id, or a name. The result is the PUT body that a deploy would send, as JSON.

Examples:
  kustodian render detections/impact/recovery-options-removed.yaml
  kustodian render "Several recovery options removed from one device" --env production --explain`;

/** `kustodian render DETECTION` */
export const render: Verb = {
  configure(command) {
    command.argument('<detection>', 'file, id or name of the detection');
    command.option('-e, --env <name>', 'environment of kustodian.yaml', 'local');
    command.option('-x, --explain', 'say of each value where it comes from, instead of the JSON');
    command.addHelpText('after', help);
  },

  async run(host, [wanted = ''], options) {
    const project = await openProject(host);
    const environment = findEnvironment(project.config, textOption(options, 'env') ?? 'local');
    const isFile = /\.ya?ml$/i.test(wanted);
    const files = isFile ? [toRootPath(host, project, wanted)] : await findContentFiles(host, project, []);
    const content = await validateProject(host, project, files, { isPart: isFile });
    const loaded = isFile ? content.loaded[0] : pickDetection(content.loaded, wanted);
    const authored = content.diagnostics.filter(({ file }) => file === (loaded?.file ?? files[0]));
    if (loaded === undefined) {
      await writeDiagnostics(authored, 'text', { host, output: host.stderr, fs: project.fs });
      return exitCodes.findings;
    }
    const compiled = compileDetection(loaded, environment);
    const { diagnostics } = await judgeFindings(project, {
      diagnostics: [
        ...authored,
        ...compiled.diagnostics,
        ...recheckDetection(compiled.effective, content.schema),
      ],
      suppressions: content.suppressions,
      complete: false,
    });
    await writeDiagnostics(diagnostics, 'text', { host, output: host.stderr, fs: project.fs });
    if (!isSelected(loaded, environment)) {
      host.stderr.write(
        `note: environment ${targetName(environment)} does not select this detection; it is not deployed there\n`,
      );
    }
    if (flagOption(options, 'explain')) {
      const palette = paletteFor(host.stdout, host.env);
      host.stdout.write(renderOriginsText(explainOrigins(compiled.effective), palette));
    } else if (compiled.resource) {
      host.stdout.write(`${JSON.stringify(compiled.resource.body, undefined, 2)}\n`);
    }
    return hasErrors(diagnostics) ? exitCodes.findings : exitCodes.clean;
  },
};
