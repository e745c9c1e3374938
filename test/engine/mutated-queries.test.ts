/** @jest-environment ./test/support/kusto-environment.js */
import { compileQuery, runQuery } from '../../src/engine/compile-query.ts';
import { UnsupportedError } from '../../src/engine/scope.ts';
import { analyseQuery } from '../../src/kql/bind-query.ts';
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';
import { operatorCases } from '../cases/engine/operator-cases.ts';
import { at } from '../support/run-kql.ts';

const queries = operatorCases.map(({ query }) => query);
const token = /\s+|"[^"]*"|[\w.$]+|[^\s\w]/g;
const words = queries.flatMap((query) => query.match(token) ?? []).filter((text) => text.trim() !== '');

/** Whole numbers below a limit, the same for the same seed. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}

/** Drops, doubles, swaps or replaces a token or two. */
function mutate(query: string, random: (limit: number) => number): string {
  const tokens = query.match(token) ?? [];
  for (let left = random(3) === 0 ? 2 : 1; left > 0; left--) {
    const [place, other] = [random(tokens.length), random(tokens.length)];
    const [a = '', b = ''] = [tokens[place], tokens[other]];
    const change = random(4);
    if (change === 0) tokens[place] = words[random(words.length)] ?? '';
    else if (change === 1) [tokens[place], tokens[other]] = [b, a];
    else tokens.splice(place, 1, ...(change === 2 ? [] : [a, ' ', a]));
  }
  return tokens.join('');
}

/** What became of a query: `ran`, or why not. */
function tryQuery(query: string): string {
  const { tree } = analyseQuery(query, emptySchema);
  if (tree === undefined) return 'no tree';
  const compiled = compileQuery(tree);
  if ('unsupported' in compiled) return compiled.unsupported.map(({ code }) => code).join();
  try {
    runQuery(compiled.plan, { tables: new Map(), now: at('2026-01-02T00:00:00Z') });
    return 'ran';
  } catch (error) {
    return error instanceof UnsupportedError ? error.unsupported.code : `broke: ${String(error)}`;
  }
}

test('whatever is changed in a query, even to what does not bind, it runs or is refused', () => {
  const random = createRandom(20_260_102);
  const outcomes = Array.from({ length: 80 }, () => {
    const query = mutate(queries[random(queries.length)] ?? '', random);
    return { query, outcome: tryQuery(query) };
  });
  const isExpected = /^(ran|no tree|kql\/unsupported|kql\/fixture-missing)$/;
  expect(outcomes.filter(({ outcome }) => !isExpected.test(outcome))).toEqual([]);
  expect(outcomes.filter(({ outcome }) => outcome === 'ran').length).toBeGreaterThan(10);
});
