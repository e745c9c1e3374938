/** @jest-environment ./test/support/kusto-environment.js */
import { describeSupport } from '../../src/engine/describe-support.ts';
import { expressionTexts } from '../../src/engine/expression-texts.ts';
import { readKnownNames } from '../../src/kql/known-names.ts';
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';
import { refusalOf } from '../support/run-kql.ts';

const known = readKnownNames();
const groups = describeSupport(known);

function find(title: string, name: string): unknown {
  return groups.find((group) => group.title === title)?.entries.find((entry) => entry.name === name);
}

test('what the engine has is exact, unless the service estimates or may answer otherwise', () => {
  expect(find('Functions', 'strlen')).toMatchObject({ form: 'strlen(string)', state: 'exact' });
  expect(find('Functions', 'rand')).toMatchObject({ state: 'arbitrary' });
  expect(find('Aggregates', 'dcount')).toMatchObject({ state: 'approximate' });
  expect(find('Aggregates', 'percentiles')).toMatchObject({ state: 'approximate' });
  expect(find('Operators on rows', 'take')).toMatchObject({ state: 'arbitrary' });
  expect(find('Operators on values', 'has_any')).toMatchObject({ state: 'exact' });
});

test('what only the parser knows is refused, with a reason', () => {
  expect(find('Functions', 'parse_user_agent')).toMatchObject({
    state: 'refused',
    note: expect.stringContaining('browsers') as string,
  });
  expect(find('Plugins', 'basket')).toMatchObject({
    state: 'refused',
    note: expect.stringContaining('patterns') as string,
  });
  expect(find('Operators on rows', 'fork')).toMatchObject({ state: 'refused' });
  expect(find('Operators on values', 'like')).toMatchObject({ state: 'refused' });
});

test.each([
  ['print parse_user_agent("x", "browser")', 'the function parse_user_agent()'],
  ['range x from 1 to 3 step 1 | evaluate basket()', 'evaluate basket'],
  ['print x = "a" | reduce by x', 'the operator "reduce"'],
  ['print "a" like "a"', 'the expression ""a" like "a""'],
])('what is listed as refused is refused when it is called: %s', (query, construct) => {
  expect(refusalOf(query, emptySchema)?.construct).toBe(construct);
});

test('everything that is listed is known to the parser', () => {
  const all = new Set([...known.functions, ...known.aggregates, ...known.plugins]);
  const named = groups.filter(({ title }) => ['Functions', 'Aggregates', 'Plugins'].includes(title));
  const unknown = named.flatMap(({ entries }) => entries).filter(({ name }) => !all.has(name));
  expect(unknown.map(({ name }) => name)).toEqual([]);
  expect(Object.keys(expressionTexts).filter((kind) => !known.expressions.includes(kind))).toEqual([]);
});

test('every operator on two values is listed', () => {
  const isOnTwo =
    /^(Not)?(Add|And|Between|Contains|Divide|Ends|Equal|Greater|Has|In|Less|Like|Matches|Modulo|Multiply|Or|Starts|Subtract)/;
  const others = ['OrderedExpression', 'IntLiteralExpression', 'InlineExternalTableExpression'];
  const missing = known.expressions.filter(
    (kind) => isOnTwo.test(kind) && !(kind in expressionTexts) && !others.includes(kind),
  );
  expect(missing).toEqual([]);
});
