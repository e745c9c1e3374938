import type { ChangeOutcome } from '../../src/plan/plan.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { renderOutcomesJson } from '../../src/report/render-outcomes-json.ts';
import { renderOutcomesMarkdown } from '../../src/report/render-outcomes-markdown.ts';
import { renderOutcomesText } from '../../src/report/render-outcomes-text.ts';
import type { WorkspaceRun } from '../../src/report/run-report.ts';
import type { Traffic } from '../../src/sentinel/traffic.ts';
import { allChanges, buildPlan, buildUpdate } from '../support/build-plan.ts';
import { fakeWorkspaceId } from '../support/fake-content-store.ts';

const plan = buildPlan([]);
const traffic: Traffic = {
  byMethod: { GET: 4, PUT: 1_203 },
  byClass: {
    reads: { requests: 4, repeated: 0, throttled: 0, waitedMs: 0 },
    writes: { requests: 1_203, repeated: 3, throttled: 2, waitedMs: 98_400 },
    deletes: { requests: 0, repeated: 0, throttled: 0, waitedMs: 0 },
  },
};
const outcomes: readonly ChangeOutcome[] = [
  { change: allChanges.create, status: 'applied', durationMs: 120.4 },
  { change: allChanges.update, status: 'failed', reason: 'no such table', durationMs: 80 },
  { change: buildUpdate({ adopts: true, displayName: 'Adopted' }), status: 'applied', durationMs: 1 },
  { change: allChanges.blocked, status: 'refused', reason: 'its kind changed' },
  { change: buildUpdate({ displayName: 'Late' }), status: 'skipped', reason: 'the run was cancelled' },
  { change: allChanges.noOp, status: 'unchanged' },
  { change: allChanges.orphan, status: 'unchanged' },
  { change: allChanges.notOurs, status: 'unchanged' },
];

const run: WorkspaceRun = { ...plan, planDigest: 'a'.repeat(64), durationMs: 101_300.4, traffic, outcomes };

test('what it took is the last line, with counts that are not zero', () => {
  const lines = renderOutcomesText(plan, outcomes, plainPalette, run).trimEnd().split('\n');
  expect(lines.at(-1)).toBe(
    '1207 requests (4 reads, 1203 writes), 3 repeated, 2 throttled, 98 s held back by the service, in 101 s',
  );
  expect(renderOutcomesMarkdown(plan, [], { durationMs: 1_234 })).toBe(
    '### Deployed to staging: no changes\n\nin 1.2 s\n',
  );
});

test('as text, what was not applied has a line, and all is counted', () => {
  expect(renderOutcomesText(plan, outcomes, plainPalette)).toBe(`\
failed alert rule "Changed detection" (d2): no such table 80 ms
refused alert rule "Blocked detection" (d5): its kind changed
skipped alert rule "Late" (d2): the run was cancelled
Not fully deployed to staging: 1 created, 1 updated, 1 failed, 1 refused, 1 skipped, 1 unchanged, 1 no longer wanted, 1 not ours
`);
});

test('as text, a deploy that had nothing to do says so', () => {
  expect(renderOutcomesText(plan, [{ change: allChanges.noOp, status: 'unchanged' }], plainPalette)).toBe(
    'Deployed to staging: no changes, 1 unchanged\n',
  );
});

test('as text, control characters of names and reasons are not obeyed', () => {
  const change = buildUpdate({ displayName: '\u001B[2J' });
  const text = renderOutcomesText(
    plan,
    [{ change, status: 'failed', reason: 'a\nb\u001B[1A' }],
    plainPalette,
  );
  expect(text).not.toContain('\u001B');
  expect(text.split('\n')).toHaveLength(3);
});

test('as JSON, every change is there once, in order, without its body', () => {
  const report = JSON.parse(renderOutcomesJson(run)) as { outcomes: object[] };
  expect(report).toMatchObject({
    formatVersion: 1,
    environment: 'staging',
    workspaceId: fakeWorkspaceId,
    summary: { created: 1, failed: 1, complete: false },
  });
  expect(report.outcomes).toHaveLength(outcomes.length);
  expect(report.outcomes[1]).toEqual({
    action: 'update',
    kind: 'alertRule',
    name: 'd2',
    displayName: 'Changed detection',
    file: 'detections/execution/d2.yaml',
    status: 'failed',
    reason: 'no such table',
    durationMs: 80,
  });
  expect(report.outcomes[7]).not.toHaveProperty('file');
});

test('as Markdown, what did something has a row', () => {
  expect(renderOutcomesMarkdown(plan, outcomes.slice(0, 2))).toBe(`\
### Not fully deployed to staging: 1 created, 1 failed

| Outcome | Name | Kind | Reason |
| --- | --- | --- | --- |
| created | New detection | alert rule |  |
| failed | Changed detection | alert rule | no such table |
`);
});

test('as Markdown, a deploy that had nothing to do is its heading', () => {
  expect(renderOutcomesMarkdown(plan, [])).toBe('### Deployed to staging: no changes\n');
});

test('as Markdown, reasons cannot break the table', () => {
  const failed: ChangeOutcome = { change: allChanges.create, status: 'failed', reason: 'a | b\n<c>' };
  expect(renderOutcomesMarkdown(plan, [failed])).toContain('| a \\| b\\\\n&lt;c&gt; |');
});
