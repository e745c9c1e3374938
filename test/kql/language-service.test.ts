/** @jest-environment ./test/support/kusto-environment.js */
import { ToolError } from '../../src/core/tool-error.ts';
import { describeFailure, guardParser, loadLanguageService } from '../../src/kql/language-service.ts';

/** What a call throws. */
function failureOf(call: () => void): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('the parser is loaded once', () => {
  expect(loadLanguageService()).toBe(loadLanguageService());
});

test('kinds of nodes have their names', () => {
  const service = loadLanguageService();
  const { KustoCode, GlobalState } = service.library;
  const { Syntax } = KustoCode.ParseAndAnalyze('print 1', GlobalState.Default);
  expect(service.kindOf(Syntax)).toBe('QueryBlock');
});

test('a null list is an empty one', () => {
  expect(loadLanguageService().toArray(null)).toEqual([]);
});

test('what the parser throws becomes an internal error of ours, with its cause', () => {
  const thrown = new TypeError('boom');
  const error = failureOf(() =>
    guardParser('count beans', () => {
      throw thrown;
    }),
  );
  expect(error).toBeInstanceOf(ToolError);
  expect(error).toMatchObject({
    code: 'internal',
    message: 'the KQL parser failed to count beans: boom',
    cause: thrown,
  });
});

test('an error of ours passes through as it is', () => {
  const thrown = new ToolError('usage', 'no');
  const error = failureOf(() =>
    guardParser('count beans', () => {
      throw thrown;
    }),
  );
  expect(error).toBe(thrown);
});

test.each([
  [new Error(`first line\n${'x'.repeat(4_000_000)}`), 'first line'],
  [new Error('x'.repeat(4_000_000)), 'x'.repeat(200)],
  [{ message: 'from C#' }, 'from C#'],
  [{ message: 5 }, 'unknown failure'],
  ['text', 'unknown failure'],
  [undefined, 'unknown failure'],
])('a failure is told in one short line (%#)', (thrown, expected) => {
  expect(describeFailure(thrown)).toBe(expected);
});
