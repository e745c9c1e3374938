import { readFile } from 'node:fs/promises';
import { compileSchema } from '../../src/core/json-schema.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { ChangeOutcome } from '../../src/plan/plan.ts';
import { renderRunJson } from '../../src/report/render-run-json.ts';
import { renderRunJunit } from '../../src/report/render-run-junit.ts';
import { renderRunMarkdown } from '../../src/report/render-run-markdown.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { allChanges, buildPlan, buildUpdate } from '../support/build-plan.ts';

const none = { requests: 0, repeated: 0, throttled: 0, waitedMs: 0 };
const outcomes: readonly ChangeOutcome[] = [
  { change: allChanges.create, status: 'applied', durationMs: 120.4 },
  {
    change: allChanges.update,
    status: 'failed',
    reason: 'no such table "A" & <B>',
    failure: { code: 'service-error', status: 400, serviceCode: 'BadRequest', correlationId: 'c-1' },
    durationMs: 80,
  },
  {
    change: buildUpdate({ displayName: 'Edited' }),
    status: 'unverified',
    reason: 'changed again',
    durationMs: 5,
  },
  { change: buildUpdate({ displayName: 'Late' }), status: 'skipped', reason: 'cancelled' },
  { change: allChanges.noOp, status: 'unchanged' },
];
const report: RunReport = {
  version: '1.2.3',
  verb: 'deploy',
  commit: '0123456789ab',
  startedAt: new Date('2026-01-02T03:04:05.678Z'),
  finishedAt: new Date('2026-01-02T03:05:05.678Z'),
  workspaces: [
    {
      ...buildPlan([]),
      planDigest: 'a'.repeat(64),
      snapshot: '.kustodian/snapshots/staging/x.json',
      durationMs: 60_000,
      traffic: {
        byMethod: { PUT: 2 },
        byClass: { reads: none, writes: { ...none, requests: 2 }, deletes: none },
      },
      outcomes,
    },
    { environment: 'staging/b', error: { code: 'authorization-failed', message: 'no access', hint: 'ask' } },
  ],
};

test('as JSON, it has the form of its schema, and names each failure by code and correlation id', async () => {
  const schema = JSON.parse(await readFile('schemas/run-report.schema.json', 'utf8')) as JsonObject;
  const data = JSON.parse(renderRunJson(report)) as { workspaces: { outcomes: object[] }[] };
  expect(compileSchema(schema)(data)).toEqual([]);
  expect(data).toMatchObject({
    formatVersion: 1,
    tool: { name: 'kustodian', version: '1.2.3' },
    verb: 'deploy',
    commit: '0123456789ab',
    complete: false,
    workspaces: [
      { environment: 'staging', summary: { created: 1, failed: 1, unverified: 1, skipped: 1 } },
      { environment: 'staging/b', error: { code: 'authorization-failed' } },
    ],
  });
  expect(data.workspaces[0]?.outcomes[1]).toMatchObject({
    status: 'failed',
    failure: { code: 'service-error', status: 400, serviceCode: 'BadRequest', correlationId: 'c-1' },
  });
});

test.each([
  ['a change that was not made', { ...report, workspaces: report.workspaces.slice(0, 1) }, false],
  ['a workspace that was not reached', { ...report, workspaces: report.workspaces.slice(1) }, false],
  ['nothing', { ...report, workspaces: [] }, true],
])('is complete but for %s', (_, run, complete) => {
  expect(JSON.parse(renderRunJson(run))).toMatchObject({ complete });
});

test('as JUnit, each change that was to do something is a case, and a stopped workspace an error', () => {
  expect(renderRunJunit(report)).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kustodian deploy" tests="5" failures="2" errors="1">
  <testsuite name="staging" tests="4" failures="2" errors="0" skipped="1" time="60.000">
    <testcase classname="staging" name="create alert rule &quot;New detection&quot; (d1)" file="detections/execution/d1.yaml" time="0.120"/>
    <testcase classname="staging" name="update alert rule &quot;Changed detection&quot; (d2)" file="detections/execution/d2.yaml" time="0.080">
      <failure type="service-error" message="no such table &quot;A&quot; &amp; &lt;B&gt;">correlation id c-1</failure>
    </testcase>
    <testcase classname="staging" name="update alert rule &quot;Edited&quot; (d2)" file="detections/execution/d2.yaml" time="0.005">
      <failure type="unverified" message="changed again"></failure>
    </testcase>
    <testcase classname="staging" name="update alert rule &quot;Late&quot; (d2)" file="detections/execution/d2.yaml" time="0.000">
      <skipped message="cancelled"/>
    </testcase>
  </testsuite>
  <testsuite name="staging/b" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="staging/b" name="workspace">
      <error type="authorization-failed" message="no access">ask</error>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('as Markdown, it has a section for each workspace', () => {
  const text = renderRunMarkdown(report);
  expect(text).toContain('## deploy of `0123456789ab`, 2026-01-02T03:04:05.678Z, kustodian 1.2.3\n');
  expect(text).toContain('### Not fully deployed to staging: 1 created, 1 unverified, 1 failed, 1 skipped');
  expect(text).toContain('2 requests (2 writes), in 60 s');
  expect(text).toContain('### Stopped for staging/b: authorization-failed\n\nno access; ask\n');
});
