import type { SupportEntry, SupportGroup, SupportState } from '../engine/describe-support.ts';
import { markdownTable } from './markdown-escapes.ts';

const meanings: Readonly<Record<SupportState, string>> = {
  exact: 'gives what the service gives',
  approximate: 'the service estimates; the engine is exact, and the result carries a flag',
  arbitrary:
    'the service may give another answer each time; the engine always gives the same, and the result carries a flag',
  refused: '`kql/unsupported`, with the construct and its place in the query',
};

/** Writes docs/kql-support.md: what of KQL the engine runs, and why it refuses the rest. Pure. */
export function renderSupportPage(groups: readonly SupportGroup[]): string {
  const counts = groups.map(({ title, entries }) => {
    const ran = entries.filter(({ state }) => state !== 'refused').length;
    return [`[${title}](#${anchorOf(title)})`, String(ran), String(entries.length - ran)];
  });
  return `<!-- Generated from the registries of src/engine/ by \`npm run docs\`. Do not edit. -->

# What of KQL the engine runs

\`kustodian test\` and \`kustodian simulate\` run queries in the process itself, over rows in memory. The engine never guesses: what it does
not know, or could only approximate, it refuses before the first row is read. The lists below are made from its registries; what is
*refused* is what Microsoft's parser knows besides.

${Object.entries(meanings)
  .map(([state, meaning]) => `- **${state}**: ${meaning}`)
  .join('\n')}

${markdownTable(['', 'run', 'refused'], counts)}

The rows of a query without \`sort\` have no order that could be relied on, and \`kustodian test\` warns if alerts depend on it.

${groups.map(renderGroup).join('\n\n')}

## Statements, literals and names

\`let\` with values, tables, functions and views; \`declare query_parameters\` with defaults; \`set\` of options that limit or speed up a
query and never change its rows. \`alias\`, \`pattern\`, \`restrict\` and other options are refused.

Literals of all types, also verbatim (\`@"…"\`), obfuscated (\`h"…"\`) and multi-line (\`\`\`\` \`\`\`…\`\`\` \`\`\`\`) strings, and \`dynamic(…)\` with
\`datetime(…)\` and its kin in it. \`datatable\`, \`materialize()\`, \`toscalar()\`, \`totable()\`, \`table()\`.

## Types

\`bool\`, \`int\` and \`long\` (they wrap around), \`real\`, \`decimal\`, \`string\` (never null), \`datetime\` and \`timespan\` (in ticks of 100 ns),
\`guid\`, \`dynamic\`. Null is less than every value in \`sort\`, equal to itself as a key of \`join\` and \`summarize\`, and in no order with
anything in \`<\`.

## Regular expressions

The dialect of RE2. What JavaScript's own expressions would understand otherwise is translated; what has no translation is refused:
\`\\C\`, and a group whose text depends on which round of a repetition matched last.

## Time, chance and hints

\`now()\` and \`ago()\` stand still at the time of the scenario. \`rand()\`, \`new_guid()\`, \`sample\` and \`sample-distinct\` follow from a seed.
Hints (\`hint.strategy\` and others) change no rows and are read over.

## How much

A join gives at most 4,194,304 pairs of rows; one of more, such as one that lost its condition, is refused before it fills the memory.

## What comes from fixtures

Nothing is read from a workspace or from the network. Each of these gets the rows that a scenario gives it, and is
\`kql/fixture-missing\` without:

| in the query | fixture |
| --- | --- |
| a table of the workspace | \`given\`; without rows it is empty |
| \`_GetWatchlist("alias")\` | \`watchlists\`, by alias |
| \`externaldata (…) ["https://…"]\` | \`external\`, by address |
| a function of the workspace whose body is not in the repository, such as \`_Im_Dns\` | \`functions\`, by name: its rows, whatever the arguments |
| \`invoke FileProfile(…)\` | \`functions\`: its rows are joined by the hash in \`SHA1\` |
| \`geo_info_from_ip_address(ip)\` and functions of the workspace that give a value | \`functions\`: of the first row that agrees with the arguments in the columns named after the parameters, the column \`result\`, or a bag of the others |
| \`ingestion_time()\` | the column \`_IngestionTime\` of a table's rows; without, \`TimeGenerated\` |
| \`workspace("…")\`, \`app("…")\`, \`adx("…")\`, \`arg("…")\` | the engine takes them by what the query calls the database; scenarios cannot give them yet |

[Testing a detection](testing.md#what-a-scenario-says) says how they are written.
`;
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function renderGroup({ title, entries }: SupportGroup): string {
  const ran = entries.filter(({ state }) => state !== 'refused');
  const refused = entries.filter(({ state }) => state === 'refused');
  const table = ran.some(({ state, note }) => state !== 'exact' || note !== '')
    ? renderTable(ran)
    : listOf(ran);
  const list = byReason(refused).map(([reason, those]) => `- ${reason}: ${listOf(those)}`);
  return `## ${title}\n\n${table}${list.length > 0 ? `\n\nRefused:\n\n${list.join('\n')}` : ''}`;
}

function renderTable(entries: readonly SupportEntry[]): string {
  return markdownTable(
    ['written', '', 'note'],
    entries.map(({ form, state, note }) => [code(form), state, note.replaceAll('|', String.raw`\|`)]),
  );
}

function listOf(entries: readonly SupportEntry[]): string {
  return entries.map(({ name }) => code(name)).join(', ');
}

function byReason(entries: readonly SupportEntry[]): readonly (readonly [string, readonly SupportEntry[]])[] {
  const reasons = [...new Set(entries.map(({ note }) => note))].sort();
  return reasons.map((reason) => [reason, entries.filter(({ note }) => note === reason)]);
}

function code(text: string): string {
  return `\`${text.replaceAll('|', String.raw`\|`)}\``;
}
