import type { CodeInfo } from '../core/code-info.ts';
import type { RefusalCode } from './scope.ts';

const codes: Readonly<Record<RefusalCode, Omit<CodeInfo, 'id'>>> = {
  'kql/unsupported': {
    severity: 'error',
    judgedOffline: true,
    summary: 'The engine knows every construct of a query that it runs.',
    rationale:
      'It never guesses: an operator, function or option that it would have to approximate stops the run, since a test that ' +
      'passes over wrong rows is worse than none. The query itself may be right.',
    remedy: 'docs/kql-support.md lists what it knows. Rewrite the part, or test the query in a workspace.',
  },
  'kql/fixture-missing': {
    severity: 'error',
    summary: 'A test gives rows for every watchlist, file, function and other database that its query reads.',
    rationale:
      'They are not in the repository, and no rows at all would make most queries silent, as if nothing had happened. Only ' +
      'tables of the workspace are empty unless given.',
    remedy: 'Add a fixture for it; an empty list of rows says that it is meant to be empty.',
  },
  'kql/engine-failure': {
    severity: 'error',
    summary: 'The engine gets through a query.',
    rationale: 'It is a defect of the engine, not of the query; the rows are not known.',
    remedy: 'Report it with the query, and leave the query out of the tests until then.',
  },
};

/** The codes of what stops the engine. */
export const engineCodes: readonly CodeInfo[] = Object.freeze(
  Object.entries(codes).map(([id, info]) => ({ id, ...info })),
);
