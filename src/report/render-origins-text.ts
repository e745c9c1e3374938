import type { ExplainedValue } from '../compile/explain-origins.ts';
import { escapeControls } from './escape-controls.ts';
import type { Palette } from './palette.ts';

const longestValue = 60;

/** Where each value of a detection comes from, a line each: `severity = "High"   kustodian.yaml:12:9 (override …)`. */
export function renderOriginsText(values: readonly ExplainedValue[], palette: Palette): string {
  const rows = values.map(({ pointer, value, origin }) => ({
    left: `${pointer.slice(1)} = ${shorten(JSON.stringify(value))}`,
    right: describeOrigin(origin),
  }));
  const width = Math.min(80, Math.max(0, ...rows.map(({ left }) => left.length)));
  return rows
    .map(
      ({ left, right }) => `${escapeControls(left).padEnd(width)}  ${palette.dim(escapeControls(right))}\n`,
    )
    .join('');
}

function shorten(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue - 1)}…`;
}

function describeOrigin(origin: ExplainedValue['origin']): string {
  if (origin.from === 'default') return 'default';
  const { line, column } = origin.span.start;
  const place = `${origin.file}:${line}:${column}`;
  if (origin.from === 'detection') return place;
  const setBy = origin.from === 'override' ? 'override' : 'parameter';
  const reason = origin.from === 'override' && origin.reason !== undefined ? `: ${origin.reason}` : '';
  return `${place} (${setBy} of environment "${origin.environment}"${reason})`;
}
