import { ToolError } from '../../core/tool-error.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { renderCodeList, renderCodeText } from '../../report/render-code.ts';
import { allCodes, codeGroups } from '../../validate/codes.ts';
import { paletteFor } from '../palette.ts';
import { exitCodes, type Verb } from '../verb.ts';

const help = `
Every finding has a code. Without one, this lists them all; docs/checks.md has the same on one page.

Examples:
  kustodian explain
  kustodian explain entity-identifier-missing`;

/** `kustodian explain [CODE]` */
export const explain: Verb = {
  configure(command) {
    command.argument('[code]', 'code of a finding');
    command.addHelpText('after', help);
  },

  run(host, [code]) {
    const palette = paletteFor(host.stdout, host.env);
    if (code === undefined) {
      host.stdout.write(renderCodeList(codeGroups, palette));
      return Promise.resolve(exitCodes.clean);
    }
    const info = allCodes.get(code.toLowerCase());
    if (info === undefined) return Promise.reject(unknownCode(code));
    host.stdout.write(renderCodeText(info, palette));
    return Promise.resolve(exitCodes.clean);
  },
};

function unknownCode(code: string): ToolError {
  const nearest = nearestName(code, allCodes.keys());
  return new ToolError('usage', `there is no code "${code}"`, {
    hint: nearest === undefined ? 'kustodian explain lists the codes' : `did you mean "${nearest}"?`,
  });
}
