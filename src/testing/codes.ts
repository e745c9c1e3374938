import type { CodeInfo } from '../core/code-info.ts';

const ownColumns =
  'Describe tables, columns and functions of your own under schemas/tables/custom/ (docs/schemas.md).';

/** What the codes of scenarios stand for. */
export const testingCodes: readonly CodeInfo[] = Object.freeze([
  {
    id: 'fixture-unknown-table',
    severity: 'error',
    summary: 'Rows are given for a table or function that the workspace has.',
    rationale:
      'A misspelt table would be empty for the query, and a scenario that expects silence would pass.',
    remedy: ownColumns,
  },
  {
    id: 'fixture-unknown-column',
    severity: 'error',
    summary: 'A column of a given row is one of its table, in the same case.',
    rationale: 'The value of a misspelt column would never reach the query.',
    remedy: ownColumns,
  },
  {
    id: 'fixture-type',
    severity: 'error',
    summary: 'A value of a given row is of the type of its column.',
    rationale:
      'The workspace never holds another: a query that finds the number 0 in a column of text finds nothing there.',
  },
  {
    id: 'fixture-file',
    severity: 'error',
    summary: 'A file of rows can be read, and each of its lines is a row.',
    rationale: 'A scenario over a part of its rows proves nothing.',
  },
  {
    id: 'fixture-unread',
    severity: 'warning',
    summary: 'A scenario gives rows of tables that the query reads.',
    rationale: 'Other rows change nothing, and whoever wrote them thought otherwise.',
  },
  {
    id: 'expectation-impossible',
    severity: 'error',
    summary: 'What a scenario expects could come: its columns, custom details and entities exist.',
    rationale: 'No rows whatever would meet the expectation.',
  },
  {
    id: 'scenario-failed',
    severity: 'error',
    summary: 'The alerts and rows of a scenario are as expected.',
    rationale: 'The detection does not do what its author says, or no longer.',
    remedy: 'Look at what differs; then correct the query, or the expectation.',
  },
  {
    id: 'scenario-order',
    severity: 'warning',
    summary: 'The alerts of a scenario do not depend on the order of its rows.',
    rationale: 'The order of rows in a workspace is anybody’s guess, so other alerts may come there.',
    remedy:
      'Sort before `take`; prefer `arg_max` over `take_any`; sort the result if a title shows a column of it.',
  },
  {
    id: 'scenario-missing',
    severity: 'warning',
    summary: 'A stable detection has a scenario that fires and one that stays silent.',
    rationale: 'Without them nobody notices when a change makes it fire never, or always.',
    remedy:
      'Write them (docs/testing.md). `testing.minScenarios` of kustodian.yaml says how many, for which statuses.',
  },
  {
    id: 'tests-without-detection',
    severity: 'error',
    summary: 'A tests file stands beside its detection: `<slug>.tests.yaml` beside `<slug>.yaml`.',
    rationale: 'It would never run, and nobody would notice.',
  },
  {
    id: 'scenario-not-emitted',
    severity: 'error',
    summary: 'A scenario that is emitted is one query that needs nothing of a workspace.',
    rationale:
      'A query that only looks like the scenario would give other rows elsewhere, and prove nothing about it.',
    remedy:
      'Rewrite that part of the query, or leave the scenario out. `kustodian test` runs it all the same.',
  },
  {
    id: 'scenario-setting',
    severity: 'error',
    summary: 'A scenario names environments of kustodian.yaml and parameters of its detection.',
    rationale: 'The setting would have no effect, and the scenario would test something else than it says.',
  },
  {
    id: 'mutant-survived',
    severity: 'warning',
    summary: 'A scenario fails when the detection is broken in one place (`test --mutate`).',
    rationale: 'A change that breaks the detection there passes all its tests.',
    remedy: 'Write the scenario that tells the two apart: mostly a near miss. docs/mutation.md says how.',
  },
  {
    id: 'mutation-score',
    severity: 'error',
    summary:
      'The share of breaks that the scenarios of a detection notice is at least that of `--min-score`.',
    rationale: 'What no scenario notices may be broken by the next change.',
    remedy: 'Write scenarios for the mutants that `test --mutate` lists.',
  },
  {
    id: 'equivalent-mutant',
    severity: 'error',
    summary: 'A mutant that is listed as equivalent exists, and no scenario kills it.',
    rationale: 'A reason that outlives its mutant would excuse the next one of that name.',
    remedy: 'docs/mutation.md says how a mutant is named.',
  },
]);
