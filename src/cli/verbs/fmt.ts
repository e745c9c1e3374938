import { ToolError } from '../../core/tool-error.ts';
import { countOf } from '../../report/count-of.ts';
import { formatDetection } from '../../validate/format-detection.ts';
import { isTestsFile } from '../../testing/load-tests.ts';
import { flagOption } from '../options.ts';
import { findContentFiles, openProject } from '../project.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
Lays out the KQL in the given files and folders, or else in everything below the folder "detections" of kustodian.yaml: one
operator a line. Nothing else of a file changes. Prints the files that it has changed or, with --check, would change. What has
a syntax error is left alone and named; the exit code is then 1.

Examples:
  kustodian fmt
  kustodian fmt --check detections/execution`;

/** `kustodian fmt [paths…]` */
export const fmt: Verb = {
  configure(command) {
    command.argument('[paths...]', 'files and folders; everything if none is given');
    command.option('-c, --check', 'write nothing, and exit with 1 if there is something to format');
    command.addHelpText('after', help);
  },

  async run(host, paths, options) {
    const check = flagOption(options, 'check');
    const project = await openProject(host);
    const files = await findContentFiles(host, project, paths);
    const detections = files.filter((file) => !isTestsFile(file));
    let formatted = 0;
    let refused = 0;
    for (const file of detections) {
      if (host.signal.aborted) throw new ToolError('cancelled', 'formatting was interrupted');
      const outcome = formatDetection(file, await project.fs.readFile(file));
      switch (outcome.type) {
        case 'unchanged':
          break;
        case 'formatted':
          formatted++;
          if (!check) await project.fs.writeFileAtomic(file, outcome.text);
          host.stdout.write(`${file}\n`);
          break;
        case 'refused':
          refused++;
          host.stderr.write(`error: ${file} is left alone, since ${outcome.reason}\n`);
          break;
        case 'skipped':
          host.stderr.write(`note: ${file} is left alone, since ${outcome.reason}\n`);
          break;
      }
    }
    const verb = check ? 'would be formatted' : 'formatted';
    host.stderr.write(`${countOf(detections.length, 'file')}: ${formatted} ${verb}\n`);
    return refused > 0 || (check && formatted > 0) ? exitCodes.findings : exitCodes.clean;
  },
};
