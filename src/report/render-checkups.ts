import type { Checkup } from '../sentinel/checkup.ts';
import { countOf } from './count-of.ts';
import { escapeControls } from './escape-controls.ts';
import type { Palette } from './palette.ts';

/** What was looked at on behalf of one environment, for people: a line each, with the remedy below what failed. */
export function renderCheckupsText(
  environment: string,
  checkups: readonly Checkup[],
  palette: Palette,
): string {
  const mark: Readonly<Record<Checkup['status'], string>> = {
    pass: palette.green('pass   '),
    fail: palette.red('fail   '),
    unknown: palette.yellow('unknown'),
    skipped: palette.dim('skipped'),
  };
  const lines = checkups.flatMap(({ detail, remedy, status, title }) => [
    `${mark[status]} ${escapeControls(title)}: ${escapeControls(detail)}`,
    ...(remedy === undefined ? [] : [`        help: ${escapeControls(remedy)}`]),
  ]);
  const failed = checkups.filter(({ status }) => status === 'fail').length;
  const verdict =
    failed === 0
      ? palette.bold('nothing stands in the way')
      : palette.red(`${countOf(failed, 'check')} failed`);
  return [...lines, `${escapeControls(environment)}: ${verdict}`].map((line) => `${line}\n`).join('');
}

/** The same for machines. */
export function renderCheckupsJson(environment: string, checkups: readonly Checkup[]): string {
  const isHealthy = checkups.every(({ status }) => status !== 'fail');
  return `${JSON.stringify({ formatVersion: 1, environment, healthy: isHealthy, checks: checkups }, undefined, 2)}\n`;
}
