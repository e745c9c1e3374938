import type { Blocked, Change, FieldDiff, NotOurs, Plan } from '../plan/plan.ts';
import { refusalReason } from '../plan/refusal-reason.ts';
import { summarisePlan } from '../plan/summarise-plan.ts';
import type { DiffLine } from './diff-lines.ts';
import { escapeControls } from './escape-controls.ts';
import { fieldNames, viewField } from './field-view.ts';
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
  const lines = [
    `${environment} ${palette.dim(escapeControls(plan.workspaceId))}`,
    ...(changes.length === 0 ? [] : ['', ...changes, '']),
    `${palette.bold('Plan')}: ${planSummaryLine(summarisePlan(plan))}`,
  ];
  return `${lines.join('\n')}\n`;
}

const missingNote =
  'its metadata is there without it: deleted in the workspace, or an earlier run stopped here';

function renderChange(change: Change, palette: Palette): string[] {
  const label = resourceLabel(change);
  switch (change.action) {
    case 'create':
      return [
        `${palette.green('+')} create ${label}${fromFile(change.detection.file, palette)}`,
        ...(change.isMissing ? [`    ${missingNote}`] : []),
      ];
    case 'update':
      return [
        `${palette.yellow('~')} ${change.adopts ? 'adopt' : 'update'} ${label}${fromFile(change.detection.file, palette)}`,
        ...renderFields(change.fields, palette),
      ];
    case 'delete':
      return [
        `${palette.red('-')} delete ${label}`,
        ...(change.edited.length === 0 ? [] : [`    edited in the workspace: ${fieldNames(change.edited)}`]),
      ];
    case 'blocked':
      return [
        `${palette.red('!')} blocked ${label}${fromFile(change.detection.file, palette)}`,
        ...refusal(change, palette),
      ];
    case 'not-ours':
      if (change.detection === undefined) return [];
      return [
        `${palette.red('!')} collision ${label}${fromFile(change.detection.file, palette)}`,
        ...refusal(change, palette),
      ];
    case 'orphan':
      return [`${palette.dim('?')} no longer described, left alone without --prune: ${label}`];
    case 'no-op':
      return [];
  }
}

function refusal(change: Blocked | NotOurs, palette: Palette): string[] {
  return [`    ${escapeControls(refusalReason(change) ?? '')}`, ...renderFields(change.fields, palette)];
}

function fromFile(file: string, palette: Palette): string {
  return ` ${palette.dim(escapeControls(file))}`;
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
