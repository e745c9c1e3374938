import type { Drift } from '../plan/find-drift.ts';
import type { Plan } from '../plan/plan.ts';
import { acknowledgementNote, driftOrigin, driftSummary, driftWords } from './drift-line.ts';
import { escapeControls } from './escape-controls.ts';
import type { Palette } from './palette.ts';
import { renderFields } from './render-plan-text.ts';
import { resourceLabel } from './resource-label.ts';

/** What was changed in the workspace, for people: each resource with its fields, as they are there → as described here. */
export function renderDriftText(
  plan: Pick<Plan, 'environment'>,
  drift: readonly Drift[],
  palette: Palette,
): string {
  const lines = drift.flatMap((one) => [
    `${palette.yellow('~')} ${driftWords(one)}: ${resourceLabel(one)} ${palette.dim(escapeControls(one.file))}`,
    ...(one.type === 'deleted' ? [] : [`    ${palette.dim(driftOrigin(one))}`]),
    ...[acknowledgementNote(one) ?? []].flat().map((note) => `    ${note}`),
    ...renderFields(one.fields, palette),
  ]);
  const title = palette.bold(`Drift in ${escapeControls(plan.environment)}`);
  return `${[...lines, `${title}: ${driftSummary(drift)}`].join('\n')}\n`;
}
