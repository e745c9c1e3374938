import { escapeMarkdown } from './markdown-escapes.ts';
import { renderOutcomesMarkdown } from './render-outcomes-markdown.ts';
import type { RunReport } from './run-report.ts';

/** A run report as GitHub-flavoured Markdown: a section for each workspace. */
export function renderRunMarkdown({ commit, startedAt, verb, version, workspaces }: RunReport): string {
  const at = commit === undefined ? '' : ` of \`${commit}\``;
  const sections = workspaces.map((each) => {
    if (!('error' in each)) return renderOutcomesMarkdown(each, each.outcomes, each);
    const { code, hint, message } = each.error;
    const help = hint === undefined ? '' : `; ${escapeMarkdown(hint)}`;
    return `### Stopped for ${escapeMarkdown(each.environment)}: ${code}\n\n${escapeMarkdown(message)}${help}\n`;
  });
  return [`## ${verb}${at}, ${startedAt.toISOString()}, kustodian ${version}\n`, ...sections].join('\n');
}
