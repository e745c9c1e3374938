import { isConfigurable, type CodeGroup, type CodeInfo } from '../core/code-info.ts';
import { fencedBlock } from './markdown-escapes.ts';
import type { Palette } from './palette.ts';

/** Longer lines of an example are cut: what matters in them is their length. */
const longestLine = 110;

/** What a code stands for, for people at a terminal: the rule, the reason, the remedy, and YAML of both sorts. */
export function renderCodeText(info: CodeInfo, palette: Palette): string {
  const { id, summary, rationale, remedy, examples } = info;
  const example = (title: string, yaml: string): string =>
    [`${title}:`, ...linesOf(yaml).map((line) => (line === '' ? '' : `    ${line}`))].join('\n');
  const paragraphs = [
    `${palette.bold(id)}: ${describeSeverity(info)}`,
    summary,
    rationale,
    ...(remedy === undefined ? [] : [remedy]),
    describePolicy(info),
    ...(examples?.good ?? []).map((yaml) => example(palette.green('passes'), yaml)),
    ...(examples?.bad ?? []).map((yaml) => example(palette.red('is found'), yaml)),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** The same as Markdown, for a page or a code-scanning alert. */
export function renderCodeMarkdown(info: CodeInfo): string {
  const { summary, rationale, remedy, examples } = info;
  const list = (title: string, yaml: readonly string[]): readonly string[] =>
    yaml.length === 0 ? [] : [title, ...yaml.map((each) => fencedBlock('yaml', linesOf(each)))];
  const paragraphs = [
    `**${describeSeverity(info)}**: ${summary}`,
    rationale,
    ...(remedy === undefined ? [] : [remedy]),
    describePolicy(info),
    ...list('Passes:', examples?.good ?? []),
    ...list('Is found:', examples?.bad ?? []),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** Codes with their severities and summaries, one a line, under the titles of their groups. */
export function renderCodeList(groups: readonly CodeGroup[], palette: Palette): string {
  const width = Math.max(...groups.flatMap(({ codes }) => codes.map(({ id }) => id.length)));
  const blocks = groups.map(({ title, codes }) => {
    const lines = codes.map(
      ({ id, severity, summary }) => `  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}`,
    );
    return [palette.bold(title), ...lines].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** `error`, or `error (in a hunting query: warning)`. */
export function describeSeverity({ severity, milder }: CodeInfo): string {
  return milder === undefined ? severity : `${severity} (${milder.where}: ${milder.severity})`;
}

function describePolicy(info: CodeInfo): string {
  const { milder, judgedOffline } = info;
  if (!isConfigurable(info)) {
    return judgedOffline === true
      ? 'It cannot be configured. It can be suppressed, where the workspace is known to accept what is found.'
      : 'It can be neither configured nor suppressed.';
  }
  if (milder === undefined) return 'It can be configured and suppressed.';
  return judgedOffline === true
    ? `It can be suppressed and, where it is of severity ${milder.severity}, configured.`
    : `Where it is of severity ${milder.severity}, it can be configured and suppressed.`;
}

function linesOf(yaml: string): readonly string[] {
  return yaml.trimEnd().split('\n').map(cutLine);
}

function cutLine(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine)}… # ${line.length} characters`;
}
