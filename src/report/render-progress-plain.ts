import type { ApplyEvent } from '../plan/apply-event.ts';
import { plainPalette } from './palette.ts';
import { renderOutcome } from './render-outcomes-text.ts';

/** Progress for logs: a line for each change that is through; empty for other events. */
export function renderProgressPlain(event: ApplyEvent): string {
  if (event.type !== 'change-finished') return '';
  const { done, total } = event.counts;
  return renderOutcome(event.outcome, plainPalette)
    .map((line) => `[${done}/${total}] ${line}\n`)
    .join('');
}
