import type { Change, FieldDiff, Orphan, Plan, PlanWarning } from '../plan/plan.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import { changeNotes, heldWords, removalWords } from './change-notes.ts';
import type { DiffLine } from './diff-lines.ts';
import { escapeControls } from './escape-controls.ts';
import { viewField } from './field-view.ts';
import type { Palette } from './palette.ts';
import { planSummaryLine } from './plan-summary-line.ts';
import { resourceLabel } from './resource-label.ts';

/**
 * A plan for people: every change that would write or be refused, with its field diffs and a line diff of the KQL, then the
 * counts. What is unchanged or not ours is only counted.
 */
export function renderPlanText(plan: Plan, palette: Palette): string {
  const environment = palette.bold(`environment ${escapeControls(plan.environment)}`);
  const changes = plan.changes.flatMap((change) => renderChange(change, palette));
  const limit = plan.paths === undefined ? [] : [`limited to ${plan.paths.map(escapeControls).join(', ')}`];
  const warnings = plan.warnings.map((warning) => renderWarning(warning, palette));
  const shown = [...changes, ...warnings];
  const lines = [
    `${environment} ${palette.dim(escapeControls(plan.workspaceId))}`,
    ...limit,
    ...(shown.length === 0 ? [] : ['', ...shown, '']),
    `${palette.bold('Plan')}: ${planSummaryLine(summarisePlan(plan))}`,
  ];
  return `${lines.join('\n')}\n`;
}

function renderWarning({ message, file }: PlanWarning, palette: Palette): string {
  const where = file === undefined ? '' : `${escapeControls(file)}: `;
  return `${palette.yellow('warning')}: ${where}${escapeControls(message)}`;
}

function renderChange(change: Change, palette: Palette): string[] {
  const title = titleOf(change, palette);
  if (title === undefined) return [];
  const fields = 'fields' in change && change.action !== 'disable' ? change.fields : [];
  return [
    `${title} ${resourceLabel(change)}${fromFile(change, palette)}`,
    ...changeNotes(change).map((note) => `    ${escapeControls(note)}`),
    ...renderFields(fields, palette),
  ];
}

/** What is done, before the resource's name; undefined for what is only counted. */
function titleOf(change: Change, palette: Palette): string | undefined {
  switch (change.action) {
    case 'create':
      return `${palette.green('+')} create`;
    case 'update':
      return `${palette.yellow('~')} ${change.adopts ? 'adopt' : 'update'}`;
    case 'replace':
      return `${palette.yellow('±')} replace`;
    case 'disable':
      return `${palette.red('-')} disable`;
    case 'delete':
      return `${palette.red('-')} delete`;
    case 'forget':
      return `${palette.dim('-')} forget the metadata left of`;
    case 'blocked':
      return `${palette.red('!')} blocked`;
    case 'not-ours':
      return change.detection === undefined ? undefined : `${palette.red('!')} collision`;
    case 'held':
      return `${palette.yellow('=')} ${escapeControls(heldWords(change))}:`;
    case 'orphan':
      return palette.dim('?') + ` ${removalWords(change.reason)}, ${orphanFate(change)}:`;
    case 'no-op':
      return undefined;
  }
}

function orphanFate({ isDisabled }: Orphan): string {
  return isDisabled ? 'already disabled' : 'left alone without --prune';
}

function fromFile(change: Change, palette: Palette): string {
  const file = change.detection?.file ?? '';
  return file === '' ? '' : ` ${palette.dim(escapeControls(file))}`;
}

/** The fields of a change, indented below it: as they are in the workspace → as described. */
export function renderFields(fields: readonly FieldDiff[], palette: Palette): string[] {
  return fields.flatMap((diff) => {
    const view = viewField(diff);
    if (view.type === 'inline') {
      return [`    ${view.field}: ${palette.red(view.live)} → ${palette.green(view.desired)}`];
    }
    return [
      `    ${view.field}:`,
      ...view.lines.map((line) => `      ${renderDiffLine(line, palette)}`.trimEnd()),
    ];
  });
}

function renderDiffLine(line: DiffLine, palette: Palette): string {
  switch (line.type) {
    case 'same':
      return `  ${line.text}`;
    case 'removed':
      return palette.red(`- ${line.text}`);
    case 'added':
      return palette.green(`+ ${line.text}`);
    case 'gap':
      return palette.dim(`… ${line.skipped} unchanged`);
  }
}
