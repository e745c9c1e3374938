/** @jest-environment ./test/support/kusto-environment.js */
import { mutators } from '../../../src/testing/mutation/registry.ts';
import type { MutantVerdict } from '../../../src/testing/mutation/test-mutants.ts';
import { detectionWith, runMutants } from '../../support/run-mutants.ts';

/** A scenario in short: rows of SigninLogs, and how many alerts or rows come. */
type Short = readonly [rows: string, count: number];

interface Case {
  readonly mutator: string;
  /** Of SigninLogs, after the table's name; a query of its own if it starts with a capital or `let`. */
  readonly query: string;
  readonly settings?: string;
  readonly mutant: string;
  /** Scenarios that do not notice. */
  readonly weak: readonly Short[];
  /** One that notices. */
  readonly strong: Short;
}

const admin = '{UserPrincipalName: admin@example.com, ResultType: "0"}';
const adminFails = '{UserPrincipalName: admin@example.com, ResultType: "50126"}';
const user = '{UserPrincipalName: user@example.com, ResultType: "0"}';
const threeRows = '{$repeat: 3}';

const cases: readonly Case[] = [
  {
    mutator: 'drop-predicate',
    query: '| where ResultType == "0" and UserPrincipalName has "admin"',
    mutant: 'ResultType == "0" => true',
    weak: [[admin, 1]],
    strong: [adminFails, 0],
  },
  {
    mutator: 'drop-predicate',
    query: '| where ResultType == "0" or UserPrincipalName has "admin"',
    mutant: 'ResultType == "0" => false',
    weak: [[admin, 1]],
    strong: [user, 1],
  },
  {
    mutator: 'drop-predicate',
    query: '| extend Kind = case(ResultType == "0", "ok", "other") | where Kind == "ok"',
    mutant: 'ResultType == "0" => true',
    weak: [[admin, 1]],
    strong: [adminFails, 0],
  },
  {
    mutator: 'drop-predicate',
    query: '| where ResultType == "0" or UserPrincipalName has "admin"',
    mutant: 'ResultType == "0" or UserPrincipalName has "admin" => true',
    weak: [
      [user, 1],
      [adminFails, 1],
    ],
    strong: ['{UserPrincipalName: user@example.com, ResultType: "50126"}', 0],
  },
  {
    mutator: 'drop-predicate',
    query: '| where not(ResultType == "0" and UserPrincipalName has "admin")',
    mutant: 'ResultType == "0" and UserPrincipalName has "admin" => false',
    weak: [
      [user, 1],
      [adminFails, 1],
    ],
    strong: [admin, 0],
  },
  {
    mutator: 'flip-predicate',
    query: '| summarize Good = countif(ResultType == "0"), All = count()\n| where Good * 2 >= All',
    mutant: 'ResultType == "0" => not(ResultType == "0")',
    weak: [[`${admin}, ${adminFails}`, 1]],
    strong: [admin, 1],
  },
  {
    mutator: 'drop-not',
    query: '| where not(ResultType has "50126") or UserPrincipalName has "admin"',
    mutant: 'not(ResultType has "50126") => (ResultType has "50126")',
    weak: [[adminFails, 1]],
    strong: [user, 1],
  },
  {
    mutator: 'swap-logic',
    query: '| where ResultType == "0" and UserPrincipalName has "admin"',
    mutant:
      'ResultType == "0" and UserPrincipalName has "admin" => ((ResultType == "0") or (UserPrincipalName has "admin"))',
    weak: [[admin, 1]],
    strong: [user, 0],
  },
  {
    mutator: 'move-boundary',
    query: '| summarize n = count() | where n > 2',
    mutant: 'n > 2 => n >= 2',
    weak: [[threeRows, 1]],
    strong: ['{$repeat: 2}', 0],
  },
  {
    mutator: 'reverse-comparison',
    query: '| summarize n = count() | where n > 2',
    mutant: 'n > 2 => n < 2',
    weak: [['{$repeat: 2}', 0]],
    strong: [threeRows, 1],
  },
  {
    mutator: 'swap-text-operator',
    query: '| where UserPrincipalName has "admin"',
    mutant: 'UserPrincipalName has "admin" => UserPrincipalName contains "admin"',
    weak: [
      [admin, 1],
      [user, 0],
    ],
    strong: ['{UserPrincipalName: badmin@example.com}', 0],
  },
  {
    mutator: 'swap-text-operator',
    query: '| where UserPrincipalName =~ "admin@example.com"',
    mutant: 'UserPrincipalName =~ "admin@example.com" => UserPrincipalName == "admin@example.com"',
    weak: [[admin, 1]],
    strong: ['{UserPrincipalName: Admin@example.com}', 1],
  },
  {
    mutator: 'swap-text-operator',
    query: '| where UserPrincipalName has_cs "admin"',
    mutant: 'UserPrincipalName has_cs "admin" => UserPrincipalName has "admin"',
    weak: [[admin, 1]],
    strong: ['{UserPrincipalName: Admin@example.com}', 0],
  },
  {
    mutator: 'swap-text-operator',
    query: '| where UserPrincipalName has_any ("admin", "root")',
    mutant: 'UserPrincipalName has_any ("admin", "root") => UserPrincipalName has_all ("admin", "root")',
    weak: [['{UserPrincipalName: root.admin}', 1]],
    strong: [admin, 1],
  },
  {
    mutator: 'move-threshold',
    query: '| summarize n = count() | where n >= 2',
    mutant: 'n >= 2 => n >= 1',
    weak: [['{$repeat: 2}', 1]],
    strong: ['{}', 0],
  },
  {
    mutator: 'move-threshold',
    query: 'let most = 2; SigninLogs | summarize n = count() | where n <= most',
    mutant: 'let most = 2 => let most = 3',
    weak: [['{$repeat: 2}', 1]],
    strong: [threeRows, 0],
  },
  {
    mutator: 'move-threshold',
    query: '| summarize share = avg(iff(ResultType == "0", 1.0, 0.0)) | where share < 0.4',
    mutant: 'share < 0.4 => share < real(0.8)',
    weak: [[adminFails, 1]],
    strong: [`${admin}, ${adminFails}`, 0],
  },
  {
    mutator: 'change-timespan',
    query: '| where TimeGenerated > ago(10m)',
    mutant: 'ago(10m) => ago(20m)',
    weak: [['{TimeGenerated: -5m}', 1]],
    strong: ['{TimeGenerated: -15m}', 0],
  },
  {
    mutator: 'change-timespan',
    query: '| where TimeGenerated > ago(10m)',
    mutant: 'ago(10m) => ago(5m)',
    weak: [['{TimeGenerated: -2m}', 1]],
    strong: ['{TimeGenerated: -8m}', 1],
  },
  {
    mutator: 'drop-item',
    query: '| where ResultType in ("0", "50126")',
    mutant: '"50126"',
    weak: [[admin, 1]],
    strong: [adminFails, 1],
  },
  {
    mutator: 'drop-item',
    query: 'let codes = dynamic(["0", "50126"]); SigninLogs | where ResultType in (codes)',
    mutant: '"0"',
    weak: [[adminFails, 1]],
    strong: [admin, 1],
  },
  {
    mutator: 'change-join-kind',
    query:
      '| where ResultType == "0" | join kind=leftanti (SigninLogs | where ResultType == "50126") on UserPrincipalName',
    mutant: 'join kind=leftanti (SigninLogs | where … => join kind=leftsemi (SigninLogs | where …',
    weak: [[adminFails, 0]],
    strong: [admin, 1],
  },
  {
    mutator: 'change-join-kind',
    query:
      '| lookup (SigninLogs | where ResultType == "0" | distinct UserPrincipalName, Location) on UserPrincipalName',
    mutant: 'lookup (SigninLogs | where ResultType … => lookup kind=inner (SigninLogs | where ResultType …',
    weak: [[admin, 1]],
    strong: [adminFails, 1],
  },
  {
    mutator: 'drop-join',
    query: '| join kind=leftsemi (SigninLogs | where ResultType == "0") on UserPrincipalName',
    mutant: 'join kind=leftsemi (SigninLogs | where ResultType == "0") on UserPrincipalName => where true',
    weak: [[admin, 1]],
    strong: [adminFails, 0],
  },
  {
    mutator: 'drop-union-leg',
    query: 'union SigninLogs, AADNonInteractiveUserSignInLogs',
    mutant: 'AADNonInteractiveUserSignInLogs',
    weak: [[admin, 1]],
    strong: ['] , AADNonInteractiveUserSignInLogs: [{ResultType: "0"}', 1],
  },
  {
    mutator: 'drop-key',
    query: '| summarize n = count() by UserPrincipalName, Location | where n > 1',
    mutant: 'Location',
    weak: [['{$repeat: 2, Location: Bern}', 1]],
    strong: ['{Location: Bern}, {Location: Ulm}', 0],
  },
  {
    mutator: 'drop-key',
    query: '| distinct UserPrincipalName, Location',
    mutant: 'Location',
    weak: [['{$repeat: 2, Location: Bern}', 1]],
    strong: ['{Location: Bern}, {Location: Ulm}', 2],
  },
  {
    mutator: 'move-trigger-threshold',
    query: '| where ResultType == "0"',
    mutant: 'triggerThreshold: 0 => triggerThreshold: 1',
    weak: [[`${admin}, ${user}`, 2]],
    strong: [admin, 1],
  },
  {
    mutator: 'change-trigger-operator',
    query: '| where ResultType == "0"',
    mutant: 'triggerOperator: GreaterThan => triggerOperator: LessThan',
    weak: [[adminFails, 0]],
    strong: [admin, 1],
  },
  {
    mutator: 'halve-query-period',
    query: '| where ResultType == "0"',
    mutant: 'queryPeriod: PT1H => queryPeriod: PT30M',
    weak: [[admin, 1]],
    strong: ['{TimeGenerated: -45m, ResultType: "0"}', 1],
  },
  {
    mutator: 'change-parameter',
    query: '| summarize n = count() | where n >= fewest',
    settings: 'queryPeriod: 1h\nparameters: {fewest: {type: long, default: 2, description: How many.}}',
    mutant: 'fewest: 2 => fewest: 1',
    weak: [[threeRows, 1]],
    strong: ['{}', 0],
  },
];

const scenariosOf = (all: readonly Short[]): string =>
  `scenarios:\n${all
    .map(
      ([rows, count], index) =>
        `  - name: scenario ${index}\n    given: {SigninLogs: [${rows}]}\n    expect: {alerts: ${Math.min(count, 1)}, rows: ${count}}\n`,
    )
    .join('')}`;

async function verdictOf(
  { mutator, query, settings, mutant }: Case,
  all: readonly Short[],
): Promise<MutantVerdict[]> {
  const whole = query.startsWith('|') ? `SigninLogs\n${query}` : query;
  const { results } = await runMutants(detectionWith(whole, settings), scenariosOf(all));
  const found = results.filter(
    (each) => each.mutant.mutator === mutator && each.mutant.id.replace(/ \(\d+\)$/, '').endsWith(mutant),
  );
  if (found.length !== 1)
    throw new Error(`no such mutant; there are\n${results.map((each) => each.mutant.id).join('\n')}`);
  return found.map(({ verdict }) => verdict);
}

test.each(cases)('$mutator: $mutant is killed by a near miss, and survives without it', async (each) => {
  expect(await verdictOf(each, each.weak)).toEqual(['survived']);
  expect(await verdictOf(each, [...each.weak, each.strong])).toEqual(['killed']);
});

test('every mutator is tried', () => {
  expect([...new Set(cases.map(({ mutator }) => mutator))].sort()).toEqual(
    mutators.map(({ name }) => name).sort(),
  );
});

test('has and contains do not change places where a boundary changes nothing', async () => {
  const { results } = await runMutants(
    detectionWith('SigninLogs | where UserPrincipalName contains "@" and UserPrincipalName contains "x@"'),
    scenariosOf([['{UserPrincipalName: x@example.com}', 1]]),
  );
  expect(
    results.flatMap(({ mutant }) => (mutant.mutator === 'swap-text-operator' ? [mutant.before] : [])),
  ).toEqual(['UserPrincipalName contains "x@"']);
});

test('a predicate is broken as a whole and in its parts, and the name of a function is none', async () => {
  const { results } = await runMutants(
    detectionWith('SigninLogs | where not(isempty(ResultType))'),
    scenariosOf([[admin, 1]]),
  );
  expect(results.flatMap(({ mutant }) => (mutant.mutator.includes('trigger') ? [] : [mutant.id]))).toEqual([
    'halve-query-period: queryPeriod: PT1H => queryPeriod: PT30M',
    'drop-not: not(isempty(ResultType)) => (isempty(ResultType))',
    'drop-predicate: isempty(ResultType) => false',
    'flip-predicate: isempty(ResultType) => not(isempty(ResultType))',
  ]);
});

test('a mutant that pairs more rows than memory holds is not judged', async () => {
  const { results, score } = await runMutants(
    detectionWith(
      'SigninLogs | extend k = 1 | join kind=inner (SigninLogs | where ResultType == "1" | extend k = 1) on k',
    ),
    scenariosOf([['{$repeat: 2100, ResultType: "0"}', 0]]),
  );
  const verdict = (id: string): unknown => results.find(({ mutant }) => mutant.id === id)?.verdict;
  expect(verdict('drop-predicate: ResultType == "1" => true')).toBe('not-judged');
  expect(verdict('flip-predicate: ResultType == "1" => not(ResultType == "1")')).toBe('not-judged');
  expect(score).toBeGreaterThan(0);
});
