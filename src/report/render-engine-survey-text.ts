import type { Diagnostic } from '../core/diagnostic.ts';
import { escapeControls } from './escape-controls.ts';

/** What the engine made of a corpus; the shape of validate/'s EngineSurvey. */
export interface EngineSurveyReport {
  readonly bound: number;
  readonly planned: number;
  readonly refused: readonly { readonly construct: string; readonly diagnostics: readonly Diagnostic[] }[];
  readonly crashes: readonly Diagnostic[];
}

/** The refused constructs with their places, then the crashes, then the share of queries that are planned. */
export function renderEngineSurveyText({ bound, planned, refused, crashes }: EngineSurveyReport): string {
  const share = ((100 * planned) / Math.max(1, bound)).toFixed(1);
  return [
    ...refused.flatMap(({ construct, diagnostics }) => [
      `refused ${construct}: ${diagnostics.length}`,
      ...diagnostics.map((one) => `  ${placeOf(one)}`),
    ]),
    ...crashes.map((one) => `crashed ${placeOf(one)}: ${one.message}`),
    `planned:    ${planned} of ${bound} queries that bind without error (${share} %)`,
    `crashes:    ${crashes.length}`,
  ]
    .map((line) => `${escapeControls(line.replaceAll(/\s*\n\s*/g, ' '))}\n`)
    .join('');
}

function placeOf({ file, span }: Diagnostic): string {
  return span === undefined ? file : `${file}:${span.start.line}:${span.start.column}`;
}
