import type { Mutator } from '../testing/mutation/mutator.ts';
import { markdownTable } from './markdown-escapes.ts';

/** Writes docs/mutation.md: how to read the report of `test --mutate`, and every mutator. Pure. */
export function renderMutationPage(mutators: readonly Mutator[]): string {
  const tableOf = (of: Mutator['of']): string =>
    markdownTable(
      ['mutator', 'what it does', 'example'],
      mutators
        .filter((mutator) => mutator.of === of)
        .map(({ name, summary, example: [before, after] }) => [
          `\`${name}\``,
          escapePipes(summary),
          `\`${escapePipes(before)}\` → \`${escapePipes(after)}\``,
        ]),
    );
  return `<!-- Generated from src/testing/mutation/registry.ts by \`npm run docs\`. Do not edit. -->

# How good the tests of a detection are

Scenarios that pass say that a detection does what they ask. Whether they would notice if it no longer did, \`test --mutate\` finds out: it
breaks the detection in one place, runs the [scenarios](testing.md), puts it back, and goes on to the next place. A detection that is
broken so is a *mutant*. One with which a scenario fails is *killed*. One with which all pass has *survived*: whoever breaks the
detection there by mistake is told that all is well.

\`\`\`
$ kustodian test --mutate detections/credential-access
detections/credential-access/many-failed-sign-ins.yaml  17 of 18 mutants killed: score 0.94
  detections/credential-access/many-failed-sign-ins.yaml:24  move-boundary  Failures >= 30 → Failures > 30
\`\`\`

Each line is a survivor: the place in the detection, the mutator, the code before and after. This one says that no scenario has exactly 30
failures. Mostly the answer is a near miss: a scenario that lies on the boundary, that has every property of an attack but one, that is
written in capitals, that happens under another name. If nothing would come of such rows in practice, the predicate may be
one to remove.

| | |
|---|---|
| \`kustodian test --mutate PATH…\` | breaks these detections; all of them without a path. \`--env\` and \`--changed-since\` choose as they do for [test](testing.md#running) |
| \`--min-score 1\` | the exit code is 1 if the score of a detection is below this number from 0 to 1, or if it has no scenario |
| \`--format\` | \`text\`; \`json\`: every mutant with its verdict and the scenario that killed it; \`github\`: survivors as warnings at their lines |

The scenarios of a detection must pass before it is broken; one whose scenarios fail is reported as \`test\` does. Scenarios of
[benign rows](testing.md#benign-rows) count. Ctrl-C stops between two mutants.

## Score

The score of a detection is the number of killed mutants divided by that of all but two kinds: those that are listed as equivalent, and those that are *not
judged*, because the broken query does not bind or the engine refuses it, as it does a join of millions of rows. Nobody can deploy the
former, and of the latter nothing is known. It is never rounded up: 1.00 means that none survived.

## Equivalent mutants

Some mutants do the same as the detection, whatever the rows: an outer join, say, whose additional rows the next line drops. Such a
mutant is listed in the tests file, with a sentence that proves it to a reviewer:

\`\`\`yaml
equivalentMutants:
  - mutant: 'change-join-kind: join kind=inner sprays on IPAddress => join kind=leftouter sprays on IPAddress'
    reason: A row without a partner has no SprayStart, and the where on the next line drops it, since nothing compares with null.
\`\`\`

The name is what JSON calls \`id\`: mutator, code before and after, without its line, so that it lasts while the code does; the second of that
name ends in \` (2)\`. That nobody has written the scenario yet is no reason. A listed mutant that a scenario kills, that is not
judged, or that the detection does not have any more is an error at its line ([equivalent-mutant](checks.md#equivalent-mutant)).

## What is broken

In the query, wherever it stands, in \`let\` statements and in functions of the query too:

${tableOf('query')}

In the settings beside it:

${tableOf('setting')}

Not broken are texts that are compared (\`flip-predicate\` and \`drop-item\` do as much), \`==\` and \`in\` into their kin that ignore case (most codes
have none), projected columns, aggregates, and what the alert says: scenarios that expect entities, titles and details look after those.
`;
}

function escapePipes(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
