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
    id: 'scenario-setting',
    severity: 'error',
    summary: 'A scenario names environments of kustodian.yaml and parameters of its detection.',
    rationale: 'The setting would have no effect, and the scenario would test something else than it says.',
  },
]);
