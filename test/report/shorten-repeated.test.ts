import type { ChangeOutcome } from '../../src/plan/plan.ts';
import { renderOutcomesText } from '../../src/report/render-outcomes-text.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { buildCreate } from '../support/build-plan.ts';

const words =
  'The client does not have authorization to perform the action over the scope or the scope is invalid';

function failed(name: string, action = 'write'): ChangeOutcome {
  return {
    change: buildCreate({ name, displayName: name }),
    status: 'failed',
    reason: `cannot ${action} metadata "kustodian-${name}": AuthorizationFailed (403): ${words} [correlation id c-${name}]; give a role`,
    failure: {
      code: 'authorization-failed',
      status: 403,
      serviceCode: 'AuthorizationFailed',
      correlationId: `c-${name}`,
    },
  };
}

const render = (outcomes: readonly ChangeOutcome[]): readonly string[] =>
  renderOutcomesText({ environment: 'staging' }, outcomes, plainPalette).split('\n');

test('a reason that comes again but for names is told once, and each change keeps its correlation id', () => {
  const lines = render(['a', 'b', 'c'].map((name) => failed(name)));
  expect(lines[0]).toContain(words);
  expect(lines.slice(1, 3)).toEqual([
    'failed alert rule "b" (b): the same again: AuthorizationFailed (403) [correlation id c-b]',
    'failed alert rule "c" (c): the same again: AuthorizationFailed (403) [correlation id c-c]',
  ]);
});

test('another reason is told in full', () => {
  const lines = render([failed('a'), failed('b', 'read')]);
  expect(lines[1]).toContain(words);
});

test('short reasons stay as they are', () => {
  const short = { ...failed('a'), reason: 'no such table' };
  expect(render([short, short]).slice(0, 2)).toEqual(
    Array(2).fill('failed alert rule "a" (a): no such table'),
  );
});
