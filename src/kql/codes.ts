import type { CodeInfo } from '../core/code-info.ts';
import type { KqlDiagnosticCode } from './bound-query.ts';

const ownTables =
  'If the workspace has it, describe it: columns of a table under schemas/tables/custom/, the body of a function under functions/.';

/** What the codes of queries stand for. Microsoft’s parser judges, by the table schemas that Kustodian has. */
const codes: Readonly<Record<KqlDiagnosticCode, Omit<CodeInfo, 'id'>>> = {
  'kql/syntax': {
    severity: 'error',
    summary: 'A query follows the grammar of KQL.',
    rationale: 'The service refuses any other.',
    examples: {
      good: ['query: SigninLogs | where ResultType == "0"'],
      bad: ['query: SigninLogs | where ResultType == "0'],
    },
  },
  'kql/command': {
    severity: 'error',
    summary: 'A query is no management command.',
    rationale: 'The service runs queries only; what starts with a dot manages a database.',
    examples: { good: ['query: SigninLogs | count'], bad: ['query: .show tables'] },
  },
  'kql/not-analysed': {
    severity: 'error',
    judgedOffline: true,
    summary: 'The parser gets through the query.',
    rationale:
      'It gives up on a query that is too long or nests too deep, and then nothing in it has been checked. Such a query ' +
      'is slow to compile for the service, too.',
    remedy: 'Write a long chain of `or` as `in (…)` or `has_any (…)`, or keep the values in a watchlist.',
  },
  'kql/unknown-table': {
    severity: 'error',
    milder: { severity: 'warning', where: 'for a name that ends in `_CL`' },
    judgedOffline: true,
    summary: 'A table or function of a query is known.',
    rationale: 'The service refuses a query over a table that the workspace does not have.',
    remedy: ownTables,
    examples: {
      good: ['query: SigninLogs | where ResultType == "0"'],
      bad: ['query: SignInLog | where ResultType == "0"'],
    },
  },
  'kql/unknown-column': {
    severity: 'error',
    judgedOffline: true,
    summary: 'A column of a query is in the table, or was made on the way, in the same case.',
    rationale: 'The service refuses the query.',
    remedy: ownTables,
    examples: {
      good: ['query: SigninLogs | where UserPrincipalName != ""'],
      bad: ['query: SigninLogs | where UserPrincipleName != ""'],
    },
  },
  'kql/unknown-function': {
    severity: 'warning',
    summary: 'A function that a query calls is known.',
    rationale:
      'The service refuses a call of a function that neither KQL nor the workspace has. It is a warning only, since the ' +
      'workspace may have more functions than Kustodian knows.',
    remedy: ownTables,
    examples: {
      good: ['query: SigninLogs | extend Name = tolower(UserPrincipalName)'],
      bad: ['query: SigninLogs | summarize N = dcounts(UserPrincipalName)'],
    },
  },
  'kql/unknown-optional-table': {
    severity: 'warning',
    summary: 'A table that `union isfuzzy=true` names is known.',
    rationale: 'The service passes over a table that is not there, so that a misspelling is never noticed.',
    remedy: ownTables,
  },
  'kql/unlisted-column': {
    severity: 'warning',
    summary: 'A column of a table with an open list of columns is not one letter off a listed one.',
    rationale:
      'Any name may be a column of such a table, so that a slip is no error: its values are just empty.',
  },
  'kql/argument-count': {
    severity: 'error',
    judgedOffline: true,
    summary: 'A function is called with as many arguments as it takes.',
    rationale: 'The service refuses the query.',
    examples: {
      good: ['query: SigninLogs | extend Name = tolower(UserPrincipalName)'],
      bad: ['query: SigninLogs | extend Name = tolower(UserPrincipalName, 5)'],
    },
  },
  'kql/type-mismatch': {
    severity: 'error',
    judgedOffline: true,
    summary: 'Operators and functions get values of a type that they take.',
    rationale: 'The service refuses the query.',
    remedy: 'Convert the value: `tostring()`, `tolong()`, `todatetime()`.',
    examples: {
      good: ['query: SigninLogs | where TimeGenerated > ago(1h)'],
      bad: ['query: SigninLogs | where TimeGenerated > 5'],
    },
  },
  'kql/duplicate-name': {
    severity: 'error',
    judgedOffline: true,
    summary: 'No two columns of a result, and no two variables, have the same name.',
    rationale: 'The service refuses the query.',
    examples: {
      good: ['query: SigninLogs | project Name = UserPrincipalName, IP = IPAddress'],
      bad: ['query: SigninLogs | project Name = UserPrincipalName, Name = IPAddress'],
    },
  },
  'kql/function-body': {
    severity: 'error',
    judgedOffline: true,
    summary: 'A function that a query calls is itself without errors.',
    rationale: 'The service refuses the query for the sake of the function.',
    remedy: 'Mend the function under functions/, or the `let` that defines it.',
  },
  'kql/count-argument': {
    severity: 'warning',
    summary: '`count()` has no argument.',
    rationale:
      'It counts rows whatever its argument. In SQL, `count(x)` leaves nulls out; who writes it expects that here.',
    remedy: 'Write `count()`, or `countif(isnotempty(x))`.',
    examples: {
      good: ['query: SigninLogs | summarize count() by UserPrincipalName'],
      bad: ['query: SigninLogs | summarize count(IPAddress) by UserPrincipalName'],
    },
  },
  'kql/wildcard-without-match': {
    severity: 'warning',
    summary: 'A pattern such as `*2` matches a column.',
    rationale: 'The operator does nothing then. Often the join before it no longer renames a column.',
    examples: {
      good: ['query: SigninLogs | project-away User*'],
      bad: ['query: SigninLogs | project-away Nothing*'],
    },
  },
  'kql/semantics': {
    severity: 'error',
    judgedOffline: true,
    summary: 'A query means something.',
    rationale: 'Here stands whatever Microsoft’s parser refuses besides; its message says what that is.',
  },
};

/** The codes of what can be wrong with a query. */
export const kqlCodes: readonly CodeInfo[] = Object.freeze(
  Object.entries(codes).map(([id, info]) => ({ id, ...info })),
);
