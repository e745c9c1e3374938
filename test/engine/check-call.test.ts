import { aggregates } from '../../src/engine/aggregates/registry.ts';
import { severalAggregates } from '../../src/engine/aggregates/several.ts';
import { checkCall } from '../../src/engine/check-call.ts';
import { scalarFunctions } from '../../src/engine/functions/registry.ts';
import { windowFunctions } from '../../src/engine/functions/window.ts';
import { UnsupportedError } from '../../src/engine/scope.ts';
import type { PlanFlag, Scope } from '../../src/engine/scope.ts';
import type { QueryNode } from '../../src/kql/query-node.ts';

const callables = [...scalarFunctions, ...windowFunctions, ...aggregates, ...severalAggregates];

/** A call with so many arguments, of which nothing is known. */
function callWith(count: number): QueryNode {
  const node = { start: 4, length: 2, text: 'f()', constant: undefined } as unknown as QueryNode;
  const args = Array.from({ length: count }, () => node);
  const list = { list: () => args } as unknown as QueryNode;
  return { ...node, part: () => list };
}

function scopeWith(flags: PlanFlag[]): Scope {
  const tree = {
    root: callWith(0),
    nodesOf: () => [],
    letOf: () => undefined,
    usesOf: () => [],
    tablesLike: () => [],
    hasFunction: () => false,
  };
  return {
    columns: [],
    bindings: new Map(),
    compilation: { tree, flags, asksIngestion: false, randomParts: 0, named: new Map() },
  };
}

/** What is refused of a call; undefined if nothing is. */
function refusalOf(called: (typeof callables)[number], count: number): string | undefined {
  try {
    checkCall(called, callWith(count), scopeWith([]));
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return error.unsupported.construct;
    throw error;
  }
}

test('a function with more or fewer arguments than it knows is refused, never run', () => {
  for (const called of callables) {
    const { name, least, most } = called.signature;
    for (const count of [least - 1, most + 1].filter((tried) => tried >= 0 && Number.isFinite(tried))) {
      const construct = `the function ${name}() with ${count} ${count === 1 ? 'argument' : 'arguments'}`;
      expect(refusalOf(called, count)).toBe(construct);
    }
    expect([name, refusalOf(called, least)]).toEqual([name, undefined]);
  }
});

test('no function is listed twice', () => {
  const names = [...scalarFunctions, ...windowFunctions].map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  const aggregated = aggregates.map(({ name }) => name);
  expect(aggregated.filter((name, index) => aggregated.indexOf(name) !== index)).toEqual([]);
});

test('a call of an approximate function is flagged where it stands, once', () => {
  const flags: PlanFlag[] = [];
  const scope = scopeWith(flags);
  const dcount = aggregates.find(({ name }) => name === 'dcount');
  if (!dcount) throw new Error('dcount is not there');
  checkCall(dcount, callWith(1), scope);
  checkCall(dcount, callWith(1), scope);
  expect(flags).toEqual([
    {
      construct: 'the function dcount()',
      start: 4,
      length: 2,
      reason: 'approximate',
    },
  ]);
});
