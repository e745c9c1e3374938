import type { ApplyEvent } from '../plan/apply-event.ts';
import { cutToWidth } from './display-width.ts';
import { escapeControls } from './escape-controls.ts';

/** To the start of the line, and erase it. */
const rewriteLine = '\r\u001B[2K';

/**
 * Progress as a single line that each event rewrites; erased at the end. To be written as it is, to a terminal of the given
 * width.
 */
export function renderProgressTerminal(event: ApplyEvent, columns: number): string {
  if (event.type === 'started') return '';
  if (event.type === 'finished') return rewriteLine;
  const { done, failed, total } = event.counts;
  const change = event.type === 'change-started' ? event.change : event.outcome.change;
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  const line = `deploying ${done}/${total}${failures}: ${escapeControls(change.displayName)}`;
  return rewriteLine + cutToWidth(line.replaceAll('\t', ' '), columns - 1);
}
