import type { ApplyEvent } from '../../src/plan/apply-event.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { createPlainProgress } from '../../src/report/render-progress-plain.ts';
import { renderProgressTerminal } from '../../src/report/render-progress-terminal.ts';
import { buildCreate } from '../support/build-plan.ts';

const change = buildCreate();
const events: readonly ApplyEvent[] = [
  { type: 'started', counts: { done: 0, failed: 0, total: 2 } },
  { type: 'change-started', change, counts: { done: 0, failed: 0, total: 2 } },
  {
    type: 'change-finished',
    outcome: { change, status: 'failed', reason: 'no such table', durationMs: 12 },
    counts: { done: 1, failed: 1, total: 2 },
  },
  { type: 'finished', counts: { done: 2, failed: 1, total: 2 } },
];
const rewrite = '\r\u001B[2K';

test('on a terminal, one line is rewritten and in the end erased', () => {
  expect(events.map((event) => renderProgressTerminal(event, 80))).toEqual([
    '',
    `${rewrite}deploying 0/2: New detection`,
    `${rewrite}deploying 1/2, 1 failed: New detection`,
    rewrite,
  ]);
});

test.each(['x'.repeat(200), '検出'.repeat(100), '\t'.repeat(100)])(
  'on a terminal, the line never wraps, whatever the name (%#)',
  (displayName) => {
    const counts = { done: 0, failed: 0, total: 1 };
    const event: ApplyEvent = { type: 'change-started', change: buildCreate({ displayName }), counts };
    const line = renderProgressTerminal(event, 40).slice(rewrite.length);
    expect(displayWidth(line)).toBeLessThan(40);
    expect(line).not.toContain('\t');
  },
);

test('on a terminal, a name cannot send escapes', () => {
  const counts = { done: 0, failed: 0, total: 1 };
  const event: ApplyEvent = {
    type: 'change-started',
    change: buildCreate({ displayName: '\u001B[31m' }),
    counts,
  };
  expect(renderProgressTerminal(event, 80).slice(rewrite.length)).toBe('deploying 0/1: \\u001b[31m');
});

test('in a log, each change that is through has a line', () => {
  expect(events.map(createPlainProgress())).toEqual([
    '',
    '',
    '[1/2] failed alert rule "New detection" (d1): no such table 12 ms\n',
    '',
  ]);
});
