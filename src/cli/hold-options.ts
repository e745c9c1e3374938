import type { Command } from 'commander';
import { ToolError } from '../core/tool-error.ts';
import { addHolds, formatHolds, type NewHold } from '../detection/add-holds.ts';
import type { Config } from '../detection/config.ts';
import { toMoment } from '../detection/normalise-config.ts';
import type { RememberedHold } from '../plan/applied-state.ts';
import type { Host } from './host.ts';
import { textOption, type Options } from './options.ts';
import { configFile, type Project } from './project.ts';

/** A hold as the user asks for it. */
export interface HoldRequest {
  readonly reason: string;
  /** As given: a day, or a time. */
  readonly until: string;
  /** The same for the workspace. */
  readonly remembered: RememberedHold;
}

/** Declares why something is held, and until when. */
export function addHoldOptions(command: Command): void {
  command.option('--reason <text>', 'why it is held, for whoever meets it');
  command.option(
    '--until <day>',
    'when the hold ends: a day such as 2026-12-31, which counts whole, or 2026-12-31T18:00Z',
  );
}

/** A longer reason would not fit into the metadata on the workspace. */
const longestRemembered = 200;

/**
 * Reads them.
 *
 * @throws ToolError `usage` if one is missing, or if the time is none or over
 */
export function readHold(options: Options, now: Date): HoldRequest {
  const reason = textOption(options, 'reason')?.trim() ?? '';
  const until = textOption(options, 'until') ?? '';
  if (reason === '' || until === '') {
    throw new ToolError('usage', `--${reason === '' ? 'reason' : 'until'} is missing`, {
      hint: 'a hold says why and until when: --reason "floods the queue" --until 2026-12-31',
    });
  }
  const moment = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z)?$/.test(until) ? toMoment(until) : undefined;
  if (moment === undefined || Date.parse(moment) <= now.getTime()) {
    throw new ToolError(
      'usage',
      `"${until}" is no ${moment === undefined ? 'day or time' : 'time to come'}`,
      {
        hint: 'write it like 2026-12-31, or 2026-12-31T18:00Z',
      },
    );
  }
  return { reason, until, remembered: { until: moment, reason: reason.slice(0, longestRemembered) } };
}

/**
 * Writes holds into kustodian.yaml, or says what to write where that cannot be done. In a dry run they are only shown. For a plan
 * that is saved they are written at once: whoever carries it out may do so on another machine. What kustodian.yaml holds as long
 * already is not written twice.
 */
export async function recordHolds(
  host: Host,
  { config, fs }: Project,
  wanted: readonly NewHold[],
  { isDryRun, isSaved = false }: { readonly isDryRun: boolean; readonly isSaved?: boolean },
): Promise<void> {
  const holds = wanted.filter((hold) => !isHeld(hold, config));
  if (holds.length === 0) {
    if (wanted.length > 0) host.stderr.write(`${configFile} holds it already, as long as this or longer\n`);
    return;
  }
  if (isDryRun) {
    host.stderr.write(`would be added to ${configFile}:\nholds:\n${formatHolds(holds)}`);
    return;
  }
  const bytes = await fs.readFile(configFile);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
  const text = addHolds(new TextDecoder().decode(bytes), holds);
  const what = holds.length === 1 ? 'a hold' : `${holds.length} holds`;
  if (text === undefined) {
    host.stderr.write(
      `${configFile} could not be extended; add ${what} by hand, and commit it:\nholds:\n${formatHolds(holds)}`,
    );
    return;
  }
  await fs.writeFileAtomic(configFile, mark + text);
  host.stderr.write(
    `added ${what} to ${configFile}: commit it to the branch that is deployed from, so that everybody sees it; the workspace ` +
      `remembers it, too${isSaved ? ', once the plan is carried out' : ''}\n`,
  );
}

function isHeld({ detection, environment, until }: NewHold, { holds }: Config): boolean {
  const [name = ''] = environment.split('/');
  const end = toMoment(until) ?? until;
  return holds.some(
    (hold) =>
      hold.detection === detection &&
      (hold.environments?.some((each) => each === environment || each === name) ?? true) &&
      Date.parse(hold.until) >= Date.parse(end),
  );
}
