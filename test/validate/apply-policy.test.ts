import type { CodeInfo } from '../../src/core/code-info.ts';
import type { Diagnostic, Severity, SourceSpan } from '../../src/core/diagnostic.ts';
import { applyPolicy, type Policy } from '../../src/validate/apply-policy.ts';
import { createBaseline } from '../../src/validate/baseline.ts';
import type { Suppression } from '../../src/validate/find-suppressions.ts';

const codes = new Map<string, CodeInfo>(
  (
    [
      { id: 'refused', severity: 'error' },
      { id: 'offline', severity: 'error', judgedOffline: true },
      { id: 'style', severity: 'warning' },
      { id: 'mixed', severity: 'error', milder: { severity: 'warning', where: 'in a hunting query' } },
      { id: 'stale-baseline', severity: 'warning' },
    ] as const
  ).map((info) => [info.id, { summary: 'S.', rationale: 'R.', ...info }]),
);

/** A stretch of line `line`, of which each has 100 characters. */
function span(line: number, column = 1): SourceSpan {
  const start = { line, column, offset: line * 100 + column - 1 };
  return { start, end: { ...start, column: column + 1, offset: start.offset + 1 } };
}

function finding(code: string, line: number, severity: Severity = 'warning', file = 'a.yaml'): Diagnostic {
  return { code, severity, message: `${code} is found`, file, span: span(line, 5) };
}

/** A comment at the end of a line. */
function ignore(code: string | undefined, line: number, file = 'a.yaml'): Suppression {
  const subject = { start: span(line).start, end: span(line, 90).end };
  const request = code === undefined ? {} : { request: { code, reason: 'because' } };
  return { file, span: span(line, 50), subject, ...request };
}

function apply(found: readonly Diagnostic[], policy: Partial<Policy> = {}) {
  const { diagnostics, ...counts } = applyPolicy(found, {
    codes,
    levels: new Map(),
    suppressions: [],
    complete: true,
    ...policy,
  });
  return {
    shown: diagnostics.map(({ code, severity, span: at }) => `${severity} ${code} ${at?.start.line ?? '-'}`),
    ...counts,
  };
}

test('without a policy, everything is reported, sorted', () => {
  const { shown } = apply([finding('style', 9), finding('refused', 2, 'error')]);
  expect(shown).toEqual(['error refused 2', 'warning style 9']);
});

describe('a suppression', () => {
  test('takes out the findings of its code that start in its line', () => {
    const found = [finding('style', 3), finding('style', 4), finding('mixed', 3)];
    const { shown, suppressed } = apply(found, { suppressions: [ignore('style', 3)] });
    expect(shown).toEqual(['warning mixed 3', 'warning style 4']);
    expect(suppressed).toBe(1);
  });

  test('counts only in its own file', () => {
    const { shown } = apply([finding('style', 3, 'warning', 'b.yaml')], {
      suppressions: [ignore('style', 3)],
    });
    expect(shown).toEqual(['warning unused-suppression 3', 'warning style 3']);
  });

  test.each([
    ['names no code or gives no reason', undefined, 'a "kustodian-ignore" without a code and a reason'],
    ['names a code that does not exist', 'stile', 'there is no code "stile" to suppress'],
    ['names what the service refuses', 'refused', '"refused" cannot be suppressed here'],
  ])('that %s is an error, and suppresses nothing', (_, code, message) => {
    const policy = { codes, levels: new Map(), suppressions: [ignore(code, 3)], complete: true };
    const { diagnostics } = applyPolicy([finding('refused', 3, 'error')], policy);
    expect(diagnostics).toMatchObject([
      { code: 'refused', severity: 'error' },
      { code: 'invalid-suppression', severity: 'error', message: expect.stringContaining(message) as string },
    ]);
  });

  test('suggests the code that was meant', () => {
    const policy = { codes, levels: new Map(), suppressions: [ignore('stile', 3)], complete: true };
    expect(applyPolicy([], policy).diagnostics[0]?.hint).toBe('did you mean "style"?');
  });

  test('works where a code is milder, and not where it is an error', () => {
    const suppressions = [ignore('mixed', 3)];
    expect(apply([finding('mixed', 3, 'warning')], { suppressions }).shown).toEqual([]);
    expect(apply([finding('mixed', 3, 'error')], { suppressions }).shown).toEqual([
      'error mixed 3',
      'error invalid-suppression 3',
    ]);
  });

  test('works for an error that Kustodian judges without the workspace', () => {
    const { shown } = apply([finding('offline', 3, 'error')], { suppressions: [ignore('offline', 3)] });
    expect(shown).toEqual([]);
  });

  test.each([
    ['is reported', {}, ['warning unused-suppression 3']],
    ['is not, where only a part was checked', { complete: false }, []],
  ])('that nothing answers to %s', (_, policy, expected) => {
    expect(apply([], { suppressions: [ignore('style', 3)], ...policy }).shown).toEqual(expected);
  });

  test('is not called unused in a file with errors, where checks may not have run', () => {
    const { shown } = apply([finding('refused', 9, 'error')], { suppressions: [ignore('style', 3)] });
    expect(shown).toEqual(['error refused 9']);
  });

  test('is used even if kustodian.yaml turns the code off', () => {
    const levels = new Map([['style', 'off']] as const);
    expect(apply([finding('style', 3)], { levels, suppressions: [ignore('style', 3)] }).shown).toEqual([]);
  });
});

describe('a severity in kustodian.yaml', () => {
  test.each([
    ['off', []],
    ['info', ['info style 3']],
    ['warning', ['warning style 3']],
    ['error', ['error style 3']],
  ] as const)('%s', (level, expected) => {
    expect(apply([finding('style', 3)], { levels: new Map([['style', level]]) }).shown).toEqual(expected);
  });

  test.each(['off', 'info', 'warning'] as const)('does not make an error less than one: %s', (level) => {
    const { shown } = apply([finding('mixed', 3, 'error')], { levels: new Map([['mixed', level]]) });
    expect(shown).toEqual(['error mixed 3']);
  });

  test('counts for findings about the policy itself', () => {
    const levels = new Map([['unused-suppression', 'error']] as const);
    expect(apply([], { levels, suppressions: [ignore('style', 3)] }).shown).toEqual([
      'error unused-suppression 3',
    ]);
  });
});

describe('a baseline', () => {
  const toBaseline = (found: readonly Diagnostic[]) => ({
    file: 'base.json',
    entries: createBaseline(found),
  });

  test('hides what it lists, wherever the lines are by now', () => {
    const baseline = toBaseline([finding('style', 3)]);
    expect(apply([finding('style', 77)], { baseline })).toMatchObject({ shown: [], known: 1 });
  });

  test('lets pass what it does not list: one more of the same, another file', () => {
    const baseline = toBaseline([finding('style', 3), finding('style', 4)]);
    const found = [
      finding('style', 7),
      finding('style', 8),
      finding('style', 9),
      finding('style', 1, 'warning', 'b.yaml'),
    ];
    expect(apply(found, { baseline })).toMatchObject({
      shown: ['warning style 9', 'warning style 1'],
      known: 2,
    });
  });

  test('never hides an error, and never takes one in', () => {
    const errors = [finding('refused', 3, 'error'), finding('offline', 4, 'error')];
    expect(apply(errors, { baseline: toBaseline(errors), complete: false }).shown).toHaveLength(2);
    expect(apply(errors).baselinable).toEqual([]);
  });

  test('hides a warning that kustodian.yaml makes an error: that is how a rule is introduced', () => {
    const levels = new Map([['style', 'error']] as const);
    const { baselinable } = apply([finding('style', 3)], { levels });
    expect(apply([finding('style', 5)], { levels, baseline: toBaseline(baselinable) }).shown).toEqual([]);
  });

  test('does not hold what is suppressed or turned off', () => {
    const found = [finding('style', 3), finding('mixed', 4)];
    const levels = new Map([['mixed', 'off']] as const);
    expect(apply(found, { levels, suppressions: [ignore('style', 3)] }).baselinable).toEqual([]);
  });

  test('is told to be stale by what is gone', () => {
    const baseline = toBaseline([finding('style', 3), finding('style', 4), finding('mixed', 5)]);
    const policy = { codes, levels: new Map(), suppressions: [], baseline, complete: true };
    const { diagnostics } = applyPolicy([finding('style', 3)], policy);
    expect(
      diagnostics.map(({ code, file, message }) => [code, file, message.replace(/\w{16}/, '#')]),
    ).toEqual([
      ['stale-baseline', 'base.json', '"mixed" in "a.yaml" is listed and not found any more (#)'],
      ['stale-baseline', 'base.json', '"style" in "a.yaml" is listed and not found any more (#)'],
    ]);
  });

  test('is not called stale where only a part was checked', () => {
    expect(apply([], { baseline: toBaseline([finding('style', 3)]), complete: false }).shown).toEqual([]);
  });
});
