import type { Diagnostic } from '../core/diagnostic.ts';
import { escapeControls } from './escape-controls.ts';

/** What a survey of a corpus found; the shape of validate/'s CorpusSurvey. */
export interface SurveyReport {
  readonly files: number;
  readonly stubs: readonly string[];
  readonly compiled: ReadonlyMap<string, number>;
  readonly refused: readonly string[];
  readonly duplicates: readonly string[];
  readonly findings: readonly {
    readonly code: string;
    readonly severity: Diagnostic['severity'];
    readonly diagnostics: readonly Diagnostic[];
  }[];
}

/** A survey for people: the findings grouped by code, errors first and one by one, warnings counted; then the totals. */
export function renderSurveyText(survey: SurveyReport, { showWarnings = false } = {}): string {
  const groups = survey.findings.flatMap(({ code, severity, diagnostics }) => [
    `${severity} ${code}: ${diagnostics.length} in ${percent(new Set(diagnostics.map(({ file }) => file)).size, survey.files)} of the files`,
    ...(severity === 'error' || showWarnings ? diagnostics.map((one) => `  ${describe(one)}`) : []),
  ]);
  const kinds = [...survey.compiled].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const compiled = [...survey.compiled.values()].reduce((sum, count) => sum + count, 0);
  const totals = [
    `files:      ${survey.files}`,
    `compiled:   ${compiled} (${kinds})`,
    `moved away: ${survey.stubs.length}`,
    `refused:    ${survey.refused.length} (${percent(survey.refused.length, survey.files)})`,
    `duplicates: ${survey.duplicates.length} files have an id that another file has`,
  ];
  const moved = [
    ...survey.stubs.map((file) => `moved away: ${file}`),
    ...survey.duplicates.map((file) => `duplicate:  ${file}`),
  ];
  return [...groups, ...moved, ...totals].map((line) => `${escapeControls(line)}\n`).join('');
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

function describe({ file, span, message }: Diagnostic): string {
  const place = span === undefined ? '' : `:${span.start.line}:${span.start.column}`;
  return `${file}${place}: ${message}`;
}
