import { minimalDetection } from '../checks/minimal-detection.ts';
import type { CodeGroup } from '../core/code-info.ts';
import { fencedBlock, markdownTable } from './markdown-escapes.ts';
import { describeSeverity, renderCodeMarkdown } from './render-code.ts';

/** Writes docs/checks.md: what each code stands for, why it matters, and what is found and what is not. Pure. */
export function renderChecksPage(groups: readonly CodeGroup[]): string {
  return `<!-- Generated from src/checks/ and the code tables by \`npm run docs\`. Do not edit. -->

# What is checked

Every finding has a code. An \`error\` is what the service or Microsoft's CI refuses, or what would lose meaning: it stops a
deployment, and no configuration changes that. A \`warning\` is worth a look, an \`info\` is told.
[kustodian.yaml](configuration.md#checks) can give warnings and infos another severity or turn them off, a comment can
[suppress](configuration.md#suppressions) one where it stands, and a [baseline](configuration.md#baseline) holds those that were there
before. \`kustodian explain CODE\` prints the part of this page about a code.

The examples are run as tests. Each shows only what it is about: its keys replace those of this detection, in which there is nothing
to find. With \`kind: NRT\` the schedule and the threshold are gone; under the comment \`# hunting query\` \`severity\` and \`kind\` are,
too. What starts with \`# kustodian.yaml\` is that file; \`---\` stands between files.

${fencedBlock('yaml', minimalDetection.Scheduled.trimEnd().split('\n'))}

${groups.map(renderGroup).join('\n')}`;
}

function renderGroup({ title, codes }: CodeGroup): string {
  const rows = codes.map((info) => [
    `[${info.id}](#${info.id.replaceAll('/', '')})`,
    describeSeverity(info),
    info.summary.replaceAll('|', String.raw`\|`),
  ]);
  const table = markdownTable(['code', 'severity', 'what holds'], rows);
  const sections = codes.map((info) => `### ${info.id}\n\n${renderCodeMarkdown(info)}`);
  return `## ${title}\n\n${table}\n\n${sections.join('\n')}`;
}
