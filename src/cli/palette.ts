import picocolors from 'picocolors';
import { plainPalette, type Palette } from '../report/palette.ts';
import type { Host, Output } from './host.ts';

/** Colours for a stream: none without a terminal, nor where NO_COLOR is set; always where FORCE_COLOR is. */
export function paletteFor(output: Output, env: Host['env']): Palette {
  const forced = isSet(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0';
  const refused = isSet(env['NO_COLOR']) || env['TERM'] === 'dumb';
  return forced || (output.isTerminal && !refused) ? picocolors.createColors(true) : plainPalette;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
