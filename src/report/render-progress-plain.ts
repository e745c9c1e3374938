import type { ApplyEvent } from '../plan/apply-event.ts';
import { plainPalette } from './palette.ts';
import { renderOutcome } from './render-outcomes-text.ts';
import { createShortener } from './shorten-repeated.ts';

/**
 * Progress of one run for logs: a line for each change that is through; empty for other events. A reason that comes again is
 * shortened.
 */
export function createPlainProgress(): (event: ApplyEvent) => string {
  const shorten = createShortener();
  return (event) => {
    if (event.type !== 'change-finished') return '';
    const { done, total } = event.counts;
    return renderOutcome(shorten(event.outcome), plainPalette)
      .map((line) => `[${done}/${total}] ${line}\n`)
      .join('');
  };
}
