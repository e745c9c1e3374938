/** @jest-environment ./test/support/kusto-environment.js */
import { analyseQuery } from '../../src/kql/bind-query.ts';
import { argumentsOf, isWithin } from '../../src/kql/query-node.ts';
import type { NamedNodeKind, QueryNode, QueryTree } from '../../src/kql/query-node.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';

const schema = await loadBuiltinSchema();

function treeOf(query: string, prefix?: string): QueryTree {
  const { tree } = analyseQuery(query, schema, prefix);
  if (tree === undefined) throw new Error('the query has no tree');
  return tree;
}

/** The only node of a kind. */
function theNode(tree: QueryTree, kind: NamedNodeKind): QueryNode {
  const nodes = tree.nodesOf(kind);
  if (nodes.length !== 1) throw new Error(`${nodes.length} nodes of kind ${kind}`);
  return nodes[0]!;
}

const query = 'SecurityEvent\n| where EventID in (4624, 4625)\n| summarize Hits = count() by Account';

test('a node has its kind, its text and its place', () => {
  const { kind, text, start, length } = theNode(treeOf(query), 'FilterOperator');
  expect({ kind, text, start, length }).toEqual({
    kind: 'FilterOperator',
    text: 'where EventID in (4624, 4625)',
    start: 16,
    length: 29,
  });
});

test('the elements of a list are children and know their parent, and lists and tokens are no nodes', () => {
  const call = theNode(treeOf('print strcat("a", tostring(1))'), 'StringLiteralExpression').parent;
  expect(call?.kind).toBe('ExpressionList');
  expect(call?.children.map(({ text }) => text)).toEqual(['"a"', 'tostring(1)']);
  expect(call?.children[1]?.parent).toBe(call);
  expect(call?.parent && argumentsOf(call.parent)).toEqual(call?.children);
});

test('parts and lists are found by the name of Microsoft', () => {
  const tree = treeOf(query);
  const summarize = theNode(tree, 'SummarizeOperator');
  expect(summarize.list('Aggregates').map(({ text }) => text)).toEqual(['Hits = count()']);
  expect(summarize.part('ByClause')?.list('Expressions')[0]?.name).toBe('Account');
  expect(summarize.part('Aggregates')).toBeUndefined();
  expect(summarize.part('SummarizeKeyword')).toBeUndefined();
  expect(summarize.part('Nothing')).toBeUndefined();
  expect(summarize.list('Nothing')).toEqual([]);
  expect(theNode(tree, 'FilterOperator').part('Condition')?.kind).toBe('InExpression');
});

test('every node is reached from the root, once, and has its parent', () => {
  const tree = treeOf(query);
  const seen = new Set<QueryNode>();
  const visit = (node: QueryNode): void => {
    seen.add(node);
    for (const child of node.children) {
      expect(child.parent).toBe(node);
      expect(isWithin(child, node)).toBe(true);
      visit(child);
    }
  };
  visit(tree.root);
  expect(tree.root.parent).toBeUndefined();
  for (const node of tree.nodesOf('NameReference', 'LongLiteralExpression')) expect(seen).toContain(node);
});

test('what a name refers to is told', () => {
  const tree = treeOf('let limit = 3; SecurityEvent | where EventID > limit | extend n = strlen(Account)');
  const symbols = tree.nodesOf('NameReference').map(({ symbol }) => `${symbol?.kind} ${symbol?.name}`);
  expect(symbols).toEqual([
    'table SecurityEvent',
    'column EventID',
    'variable limit',
    'function strlen',
    'column Account',
  ]);
});

test.each([
  ['"a\\tb"', 'a\tb'],
  ["@'a\\b'", 'a\\b'],
  ['5', 5],
  ['int(5)', 5],
  ['1.5', 1.5],
  ['true', true],
  ['dynamic([1])', '[1]'],
  ['1d', undefined],
  ['datetime(2024-01-01)', undefined],
  ['now()', undefined],
  ['EventID', undefined],
])('the constant value of %s', (expression, value) => {
  const tree = treeOf(
    `let given = ${expression === 'EventID' ? '1' : expression}; SecurityEvent | extend x = ${expression}`,
  );
  expect(theNode(tree, 'SimpleNamedExpression').part('Expression')?.constant).toBe(value);
});

test('a constant is followed through a let', () => {
  const tree = treeOf('let pattern = "^a"; SecurityEvent | where Account matches regex pattern');
  expect(theNode(tree, 'MatchesRegexExpression').part('Right')?.constant).toBe('^a');
});

test('scalars have a type and rows have columns', () => {
  const tree = treeOf('SecurityEvent | project EventID, When = TimeGenerated | where EventID == 1');
  const { rows, type } = theNode(tree, 'FilterOperator');
  expect(rows).toEqual({
    columns: [
      { name: 'EventID', type: 'int' },
      { name: 'When', type: 'datetime' },
    ],
    isOpen: false,
  });
  expect(type).toBeUndefined();
  const equal = theNode(tree, 'EqualExpression');
  expect([equal.type, equal.part('Left')?.type, equal.rows]).toEqual(['bool', 'int', undefined]);
});

test('a column that had to be assumed has the type unknown', () => {
  const tree = treeOf('Okta_CL | where anything_s == 1');
  expect(theNode(tree, 'EqualExpression').part('Left')?.type).toBe('unknown');
});

test('a let is found from its uses, and its uses from it, by scope', () => {
  const tree = treeOf(
    'let x = 1; let f = (y: long) { let x = 2; x + y }; SecurityEvent | where EventID == x and EventID == f(x)',
  );
  const [outer, , inner] = [...tree.nodesOf('LetStatement')].sort((a, b) => a.start - b.start);
  expect(tree.usesOf(outer!)).toHaveLength(2);
  expect(tree.usesOf(inner!)).toHaveLength(1);
  expect(tree.letOf(tree.usesOf(inner!)[0]!)).toBe(inner);
  expect(tree.letOf(tree.usesOf(outer!)[0]!)).toBe(outer);
  const column = tree.nodesOf('NameReference').find(({ name }) => name === 'EventID');
  expect(tree.letOf(column!)).toBeUndefined();
});

describe('a query with statements in front of it', () => {
  const prefix = 'let limit = 3;\n';
  const tree = treeOf('SecurityEvent | where EventID > limit', prefix);

  test('is placed as if it stood alone', () => {
    expect(theNode(tree, 'FilterOperator').start).toBe(16);
    expect(tree.nodesOf('LetStatement')).toEqual([]);
  });

  test('has the value of what they declare', () => {
    const reference = theNode(tree, 'GreaterThanExpression').part('Right')!;
    expect(reference.constant).toBe(3);
    expect(tree.letOf(reference)).toMatchObject({ name: 'limit', start: -prefix.length });
    expect(tree.usesOf(tree.letOf(reference)!)).toEqual([reference]);
  });
});

test.each(['SecurityEvent | where (', '.show tables'])('there is no tree of %s', (broken) => {
  expect(analyseQuery(broken, schema).tree).toBeUndefined();
});

test('a node of another tree is refused', () => {
  const other = treeOf('print 1').root;
  expect(() => treeOf('print 1').letOf({ ...other })).toThrow(TypeError);
});
