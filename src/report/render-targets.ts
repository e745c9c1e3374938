import type { JsonValue } from '../core/json.ts';
import { escapeControls } from './escape-controls.ts';
import { escapeMarkdown } from './markdown-escapes.ts';
import type { Palette } from './palette.ts';

/** What came of one workspace of an environment that has many: a report of its own, or what stopped it. */
export type TargetReport =
  | { readonly workspace: string; readonly report: string }
  | {
      readonly workspace: string;
      readonly error: { readonly code: string; readonly message: string; readonly hint?: string | undefined };
    };

/** One report of many workspaces, for people: a section each, then how many failed. */
export function renderTargetsText(
  environment: string,
  targets: readonly TargetReport[],
  palette: Palette,
): string {
  const sections = targets.map((target) => {
    if ('report' in target) return target.report;
    const title = palette.bold(
      `environment ${escapeControls(environment)}/${escapeControls(target.workspace)}`,
    );
    const { code, message, hint } = target.error;
    const help = hint === undefined ? '' : `  help: ${escapeControls(hint)}\n`;
    return `${title}\n${palette.red('failed')}: ${escapeControls(message)} [${code}]\n${help}`;
  });
  return [...sections, `${palette.bold(escapeControls(environment))}: ${countTargets(targets)}\n`].join('\n');
}

/** The same as GitHub-flavoured Markdown. */
export function renderTargetsMarkdown(environment: string, targets: readonly TargetReport[]): string {
  const sections = targets.map((target) => {
    if ('report' in target) return target.report;
    const { code, message, hint } = target.error;
    const help = hint === undefined ? '' : `; ${escapeMarkdown(hint)}`;
    const name = `${escapeMarkdown(environment)}/${escapeMarkdown(target.workspace)}`;
    return `### Failed for ${name}: ${code}\n\n${escapeMarkdown(message)}${help}\n`;
  });
  return [`## ${escapeMarkdown(environment)}: ${countTargets(targets)}\n`, ...sections].join('\n');
}

/** The same for machines: each report is JSON, and stands in it as it is. */
export function renderTargetsJson(environment: string, targets: readonly TargetReport[]): string {
  const workspaces = targets.map((target) =>
    'report' in target
      ? { workspace: target.workspace, report: JSON.parse(target.report) as JsonValue }
      : target,
  );
  return `${JSON.stringify({ formatVersion: 1, environment, workspaces }, undefined, 2)}\n`;
}

function countTargets(targets: readonly TargetReport[]): string {
  const failed = targets.filter((target) => 'error' in target).length;
  const rest = failed === 0 ? '' : `, ${failed} failed`;
  return `${targets.length} workspaces${rest}`;
}
