/** What the peers' capabilities lack, a test each. */
import { cp, mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';
import { createEmulatedWorkspace } from '../support/emulated-workspace.ts';
import { buildDesired, buildScheduledRule } from '../support/build-resources.ts';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
const file = 'detections/credential-access/failed-sign-ins.yaml';

let folder: TestFolder;
const run = (...argv: readonly string[]): Promise<CliRun> => runCli(argv, { cwd: folder.path });
const state = (): Promise<string> => readFile(join(folder.path, '.kustodian/local.json'), 'utf8');
const setTo = (from: string, to: string): Promise<void> =>
  folder.write(file, scheduledDetection.replace(from, to));

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
}, timeout);
afterEach(() => folder.remove());

describe('authoring', () => {
  test(
    'schema mistakes are all found at once, each at its place, with what was meant',
    async () => {
      await folder.write(file, scheduledDetection.replace('severity:', 'severty:').replace('gt', 'morethan'));
      const found = await run('validate', '--format', 'json');
      const { diagnostics } = JSON.parse(found.stdout) as {
        readonly diagnostics: readonly { readonly span?: unknown }[];
      };
      expect(diagnostics.length).toBeGreaterThan(1);
      expect(diagnostics.every(({ span }) => span !== undefined)).toBe(true);
      expect(found.stdout).toContain('severity');
      expect((await run('validate')).stdout).toContain(`${file}:5:`);
    },
    timeout,
  );

  test.each([
    ['a syntax error', '| where ResultType != "0"', '| where where ResultType', 'kql/'],
    ['a column that the table has not', 'ResultType != "0"', 'ResultTpye != "0"', 'ResultTpye'],
    ['a comparison that the types do not allow', 'ResultType != "0"', 'TimeGenerated contains 5', 'kql/'],
  ])(
    'KQL is bound offline: %s',
    async (_, from, to, said) => {
      await setTo(from, to);
      const found = await run('validate');
      expect([found.exitCode, found.stdout.includes(`${file}:20:`)]).toEqual([1, true]);
      expect(found.stdout).toContain(said);
    },
    timeout,
  );

  test.each([
    ['an entity mapping', 'columnName: UserPrincipalName', 'columnName: UserName', 'UserName'],
    ['custom details', 'version: 1.0.0', 'customDetails:\n  Who: UserName\nversion: 1.0.0', 'UserName'],
    [
      'an alert details override',
      'version: 1.0.0',
      'alertDetailsOverride:\n  alertDisplayNameFormat: "Sign-ins of {{UserName}}"\nversion: 1.0.0',
      'UserName',
    ],
  ])(
    'a column of %s must be in the result of the query',
    async (_, from, to, said) => {
      await setTo(from, to);
      const found = await run('validate');
      expect(found.exitCode).toBe(1);
      expect(found.stdout).toMatch(new RegExp(`column-not-in-result.*${said}|${said}.*column-not-in-result`));
    },
    timeout,
  );

  test(
    'a technique is checked against ATT&CK',
    async () => {
      await setTo('T1110', 'T1999');
      expect((await run('validate')).stdout).toContain('technique-unknown');
    },
    timeout,
  );
});

describe('kinds', () => {
  test(
    'that no detection describes are shown as not ours, and left alone',
    async () => {
      await run('deploy');
      const plan = await run('plan', '--format', 'json');
      expect(plan.stdout).toContain('"action": "not-ours"');
      expect((await run('deploy', '--prune')).stdout).toContain('no changes');
      expect(await state()).toContain('"kind":"Fusion"');
    },
    timeout,
  );
});

test(
  'an environment changes what a detection is there, and render --explain says where each value comes from',
  async () => {
    const override =
      '    overrides:\n      - select: { severity: Medium }\n        set: { severity: Low }\n        reason: quiet\n';
    await folder.write('kustodian.yaml', localConfig + override);
    const explained = await run('render', file, '--explain');
    expect(explained.stdout).toMatch(/severity = "Low" +kustodian\.yaml:7:/);
  },
  timeout,
);

describe('a plan', () => {
  test(
    'shows field by field, and the query line by line, what would change',
    async () => {
      await run('deploy');
      await folder.write(file, scheduledDetection.replace('Medium', 'High').replace('!= "0"', '== "50126"'));
      const { stdout } = await run('plan');
      expect(stdout).toContain('severity: "Medium" → "High"');
      expect(stdout).toMatch(/- \| where ResultType != "0"\n +\+ \| where ResultType == "50126"/);
    },
    timeout,
  );

  test(
    'needs nothing but the repository and the workspace',
    async () => {
      await run('deploy');
      const clone = await createTestFolder(sampleProject);
      try {
        await mkdir(join(clone.path, '.kustodian'));
        await cp(join(folder.path, '.kustodian/local.json'), join(clone.path, '.kustodian/local.json')); // the workspace itself
        expect((await runCli(['plan'], { cwd: clone.path })).stdout).toContain('no changes, 2 unchanged');
      } finally {
        await clone.remove();
      }
    },
    timeout,
  );
});

describe('a deploy', () => {
  test('waits as long as Retry-After says', async () => {
    const busy = {
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '17' } },
      method: 'PUT',
    } as const;
    const workspace = createEmulatedWorkspace([busy]);
    const outcomes = await workspace.deploy([buildDesired('r')]);
    expect(outcomes.find(({ change }) => change.name === 'r')).toMatchObject({ status: 'applied' });
    expect(Math.max(...workspace.waits)).toBe(17_000);
  });

  test('does several changes at a time, within a bound', async () => {
    const store = new FakeContentStore();
    store.before = () => new Promise((resolve) => setImmediate(resolve));
    const desired = Array.from({ length: 40 }, (_, index) => buildDesired(`r${index}`));
    const target = { environment: 'staging', workspaceId: store.workspaceId, owner: 'contoso-soc' };
    const plan = planChanges({ ...target, desired, live: await readWorkspace(store) });
    store.mostInFlight = 0;
    await applyPlan(plan, store, { clock: () => 0 });
    expect(store.mostInFlight).toBeGreaterThan(1);
    expect(store.mostInFlight).toBeLessThanOrEqual(16);
  });

  test('writes a changed rule once, beside its metadata', async () => {
    const workspace = createEmulatedWorkspace();
    const all = Array.from({ length: 8 }, (_, index) => buildDesired(`r${index}`));
    await workspace.deploy(all);
    workspace.log.length = 0;
    await workspace.deploy(
      all.map(({ name }) => buildDesired(name, buildScheduledRule({ severity: 'High' }))),
    );
    expect(workspace.log.filter((line) => line.startsWith('PUT'))).toHaveLength(16);
  });

  test(
    'calls what failed failed, does the others, and ends with 1',
    async () => {
      const down = { fault: { kind: 'status', status: 400 }, method: 'PUT', path: '/alertRules/r1' } as const;
      const workspace = createEmulatedWorkspace([down]);
      const outcomes = await workspace.deploy(['r0', 'r1', 'r2'].map((name) => buildDesired(name)));
      expect(
        outcomes.filter(({ change }) => change.name.startsWith('r')).map(({ status }) => status),
      ).toEqual(['applied', 'failed', 'applied']);

      await folder.write('kustodian.yaml', `${localConfig}    limits: { enabledScheduledRules: 1 }\n`);
      const second = scheduledDetection.replace('1a01', '1a03').replace('Many failed', 'Too many failed');
      await folder.write('detections/second.yaml', second);
      const refused = await run('deploy');
      expect(refused.exitCode).toBe(1);
      expect(refused.stdout).toMatch(/[1-9] (blocked|not applied|failed|refused)/);
      expect(await state()).toContain('"displayName":"Sign-ins from new countries"');
    },
    timeout,
  );
});

describe('drift', () => {
  test.each([
    ['a comment line joined with the next, which white space alone tells apart', '\\\\n| where', ' | where'],
    ['a description', 'Identifies many', 'Finds many'],
    ['an entity mapping', '"identifier":"FullName"', '"identifier":"Name"'],
    ['a technique', '"T1110"', '"T1111"'],
    ['a trigger', '"triggerThreshold":0', '"triggerThreshold":5'],
    ['a schedule', '"queryFrequency":"PT1H"', '"queryFrequency":"PT2H"'],
  ])(
    'is seen in %s',
    async (_, from, to) => {
      await folder.write(file, scheduledDetection.replace('  SigninLogs\n', '  SigninLogs // all of them\n'));
      await run('deploy');
      const before = await state();
      const edited = before.replace(from.replace('\\\\n', '\\n'), to);
      expect(edited).not.toBe(before);
      await folder.write('.kustodian/local.json', edited);
      expect((await run('drift')).exitCode).toBe(1);
    },
    timeout,
  );
});

test(
  'a rollback needs no git: it goes by the snapshot that the deploy kept',
  async () => {
    await run('deploy');
    await setTo('Medium', 'High');
    await run('deploy');
    expect(await readdir(join(folder.path, '.kustodian/snapshots/local'))).not.toEqual([]);
    expect((await run('rollback')).stdout).toContain('severity: "High" → "Medium"');
  },
  timeout,
);

test.each([
  ['validate', 'sarif'],
  ['validate', 'junit'],
  ['validate', 'markdown'],
  ['validate', 'json'],
  ['deploy', 'json'],
  ['deploy', 'markdown'],
  ['deploy', 'junit'],
])(
  '%s writes a %s report',
  async (verb, format) => {
    await run(verb, '--report', `${format}=report.txt`);
    expect((await readFile(join(folder.path, 'report.txt'), 'utf8')).length).toBeGreaterThan(20);
  },
  timeout,
);

test(
  'a detection is tested with rows, offline',
  async () => {
    await folder.write(
      file.replace('.yaml', '.tests.yaml'),
      'scenarios:\n  - name: a failed sign-in raises an alert\n    given:\n      SigninLogs:\n        - { TimeGenerated: -10m, ResultType: "50126" }\n    expect: { alerts: 1 }\n',
    );
    const tested = await run('test', file);
    expect(tested.stdout).toContain('[PASS] a failed sign-in raises an alert');
  },
  timeout,
);
