/** @jest-environment ./test/support/kusto-environment.js */
import { isReservedWord } from '../../src/compile/kql-reserved-words.ts';
import { toLetStatements } from '../../src/compile/let-statements.ts';
import type { JsonValue } from '../../src/core/json.ts';
import type { ParameterType } from '../../src/detection/detection.ts';
import { bindQuery } from '../../src/kql/bind-query.ts';
import type { WorkspaceSchema } from '../../src/kql/schemas/workspace-schema.ts';

const emptySchema: WorkspaceSchema = {
  standardColumns: [],
  tables: new Map(),
  functions: new Map(),
  watchlists: new Map(),
};

const cases: readonly [ParameterType, JsonValue][] = [
  ['string', ''],
  ['string', 'say "hi" at C:\\Windows\r\n\tand \u0001\u2028 "; print 1 // ünï 😀'],
  ['long', 5],
  ['long', -5],
  ['long', '-9223372036854775808'],
  ['long', '9223372036854775807'],
  ['real', 5],
  ['real', -1.5e-7],
  ['real', 1e21],
  ['bool', false],
  ['datetime', '2025-01-31'],
  ['datetime', '2025-01-31T08:00:00.1234567+02:00'],
  ['timespan', '1h'],
  ['timespan', 'PT1H30M'],
  ['timespan', 'PT0S'],
  ['dynamic', null],
  ['dynamic', 'text'],
  ['dynamic', { list: ['a"b\\c\n\u2028', 1.5, true, null, {}], 'key with "quotes"': [] }],
];

test.each(cases)(
  "a parameter of type %s and value %j binds to that type in Microsoft's parser",
  (type, value) => {
    const lets = toLetStatements([{ name: 'limit', type, default: value }]);
    const bound = bindQuery(`${lets}print Value = limit`, emptySchema);
    expect(bound.diagnostics).toEqual([]);
    expect(bound.result?.columns).toEqual([{ name: 'Value', type }]);
  },
);

test.each(['where', 'project', 'in', 'last', 'title'])(
  '"%s" is reserved because no let can have it',
  (word) => {
    expect(isReservedWord(word)).toBe(true);
    const { diagnostics } = bindQuery(
      `let ${word} = 1;\nprint Value = 2 | where Value > ${word}`,
      emptySchema,
    );
    expect(diagnostics).not.toEqual([]);
  },
);

test.each(['take', 'count', 'limit', 'from', 'order'])('"%s" is free because a let can have it', (word) => {
  expect(isReservedWord(word)).toBe(false);
  const { diagnostics } = bindQuery(`let ${word} = 1;\nprint Value = 2 | where Value > ${word}`, emptySchema);
  expect(diagnostics).toEqual([]);
});
