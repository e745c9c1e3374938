import { buildRules } from '../../bench/deploy.ts';
import { createMeasuredWorkspace } from '../../bench/deploy-workspace.ts';

/** A tenth of the buckets of Azure Resource Manager, for a tenth of the changes. */
const limits = {
  reads: { bucket: 25, refillPerSecond: 25 },
  writes: { bucket: 20, refillPerSecond: 10 },
  deletes: { bucket: 20, refillPerSecond: 10 },
};

test('sixty changes take no longer than the token buckets allow, and run into no 429', async () => {
  const workspace = createMeasuredWorkspace({ latencyMs: 100, limits });
  for (const severity of ['Medium', 'High'] as const) {
    const { boundSeconds, requests, seconds, summary, throttled } = await workspace.deploy(
      buildRules(60, severity),
    );
    expect(summary).toMatchObject({ applied: 60, complete: true });
    expect(requests.filter(({ method }) => method === 'PUT')).toHaveLength(120);
    expect(boundSeconds).toBe(10);
    // The lists before and after, and a reserve for what is under way, do not shrink with the buckets.
    expect(seconds).toBeLessThan(11);
    expect(throttled).toBe(0);
  }
});

test('a plan of unchanged detections asks for the list of each kind, and for nothing of a detection', async () => {
  const workspace = createMeasuredWorkspace({ latencyMs: 0 });
  const rules = buildRules(40, 'Medium');
  await workspace.deploy(rules);
  const { changes, requests } = await workspace.plan(rules);
  expect(changes).toBe(0);
  expect(requests.map(({ method, url }) => `${method} ${/\/(\w+)\?/.exec(url)?.[1] ?? ''}`).sort()).toEqual([
    'GET alertRules',
    'GET metadata',
    'GET savedSearches',
  ]);
});
