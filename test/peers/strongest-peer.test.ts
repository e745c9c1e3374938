/** What the strongest peer gets wrong, a test each. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { applyPlan } from '../../src/deploy/apply-plan.ts';
import { readWorkspace } from '../../src/deploy/read-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import { FakeContentStore } from '../support/fake-content-store.ts';
import { buildDesired, buildScheduledRule } from '../support/build-resources.ts';
import { alertRulesPath, workspacePath } from '../support/emulator.ts';
import { createEmulatedWorkspace } from '../support/emulated-workspace.ts';
import { failureOf, scriptedService, storeOver } from '../support/scripted-service.ts';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
const file = 'detections/credential-access/failed-sign-ins.yaml';
const rules = (count: number) => Array.from({ length: count }, (_, index) => buildDesired(`r${index}`));

const incidents = `id: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a05
name: Incidents of Defender for Cloud Apps
description: Makes incidents of alerts.
kind: MicrosoftSecurityIncidentCreation
productFilter: Microsoft Cloud App Security
`;

let folder: TestFolder;
const run = (...argv: readonly string[]): Promise<CliRun> => runCli(argv, { cwd: folder.path });
const state = (): Promise<string> => readFile(join(folder.path, '.kustodian/local.json'), 'utf8');

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
}, timeout);
afterEach(() => folder.remove());

describe('a file that cannot be read', () => {
  test.each([['validate'], ['plan', '--prune'], ['deploy', '--prune'], ['drift'], ['test']])(
    'stops %s, and nothing is deleted for it',
    async (...argv) => {
      await run('deploy');
      const before = await state();
      await folder.write(file, 'id: x\n  name: y\n');
      const stopped = await run(...argv);
      expect(stopped.exitCode).toBe(1);
      expect(stopped.stdout + stopped.stderr).toContain(`${file}:2:`);
      expect(await state()).toBe(before);
    },
    timeout,
  );
});

describe('ownership', () => {
  test('prune leaves what was made in the portal', async () => {
    const workspace = createEmulatedWorkspace();
    await workspace.edit('PUT', 'by-hand', buildScheduledRule({ displayName: 'Made by hand' }));
    const pruned = await workspace.deploy([], { prune: 'delete' });
    expect(pruned.filter(({ status }) => status === 'applied')).toEqual([]);
    expect(await workspace.store.get('alertRule', 'by-hand')).toBeDefined();
  });

  test('a prune that would delete more than --max-deletes deletes nothing', async () => {
    await run('deploy');
    const before = await state();
    await rm(join(folder.path, 'detections'), { recursive: true });
    await folder.write('detections/incidents.yaml', incidents);
    const stopped = await run('deploy', '--prune', '--max-deletes', '1');
    expect(stopped.exitCode).toBe(2);
    expect(stopped.stderr).toContain('--max-deletes');
    expect(await state()).toBe(before);
  });

  test('a rule that was deleted in the portal is drift', async () => {
    await run('deploy');
    const kept = JSON.parse(await state()) as {
      workspaces: [{ collections: Record<string, unknown[]> }];
    };
    kept.workspaces[0].collections['alertRules'] = [];
    await folder.write('.kustodian/local.json', JSON.stringify(kept));
    const drift = await run('drift');
    expect(drift.exitCode).toBe(1);
    expect(drift.stdout).toMatch(/~ deleted.*"Many failed sign-ins"/);
  });
});

describe('convergence', () => {
  test('a rerun after a failed deploy does what is left, and nothing else', async () => {
    const down = {
      fault: { kind: 'status', status: 500 },
      method: 'PUT',
      path: '/alertRules/r2',
      times: 4,
    } as const;
    const workspace = createEmulatedWorkspace([down]);
    const first = await workspace.deploy(rules(4));
    expect(first.map(({ change, status }) => `${change.name} ${status}`)).toEqual(
      expect.arrayContaining(['r0 applied', 'r1 applied', 'r2 failed', 'r3 applied']),
    );
    const rerun = await workspace.deploy(rules(4));
    expect(rerun.filter(({ status }) => status === 'applied').map(({ change }) => change.name)).toEqual([
      'r2',
    ]);
    expect(
      (await workspace.plan(rules(4))).changes.every(({ action }) => ['no-op', 'not-ours'].includes(action)),
    ).toBe(true);
  });

  test('a deploy compares everything with the workspace, whatever the last push changed', async () => {
    await run('deploy');
    await folder.write(file, scheduledDetection.replace('Medium', 'High')); // a push whose deploy never ran
    const other = 'detections/initial-access/new-countries.yaml';
    await folder.write(other, sampleProject[other].replace('Lists', 'Names')); // the next push
    const deployed = await run('deploy');
    expect(deployed.stdout).toContain('severity: "Medium" → "High"');
    expect(deployed.stdout).toContain('2 updated');
  });
});

test('reads that are all forbidden are a failure, never a deploy of nothing', async () => {
  const forbidden = {
    fault: { kind: 'status', status: 403, code: 'AuthorizationFailed' },
    times: 99,
  } as const;
  const workspace = createEmulatedWorkspace([forbidden]);
  expect((await failureOf(workspace.deploy(rules(1)))).code).toBe('authorization-failed');
});

describe('etags', () => {
  test('an edit made in the portal since the plan is not overwritten', async () => {
    const workspace = createEmulatedWorkspace();
    await workspace.deploy(rules(1));
    const plan = await workspace.plan([buildDesired('r0', buildScheduledRule({ severity: 'High' }))]);
    await workspace.edit('PUT', 'r0', buildScheduledRule({ query: 'SigninLogs | take 1' }));
    const [outcome] = await workspace.apply({
      ...plan,
      changes: plan.changes.filter(({ name }) => name === 'r0'),
    });
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'service-conflict' } });
    const live = await workspace.store.get('alertRule', 'r0');
    expect(live?.body['properties']).toMatchObject({ query: 'SigninLogs | take 1', severity: 'Medium' });
  });

  test('a write whose answer is lost is read back before it is called a conflict', async () => {
    const lost = {
      fault: { kind: 'lost-response' },
      method: 'PUT',
      path: '/alertRules/r0',
      skip: 1,
    } as const;
    const workspace = createEmulatedWorkspace([lost]);
    await workspace.deploy(rules(1));
    const outcomes = await workspace.deploy([buildDesired('r0', buildScheduledRule({ severity: 'High' }))]);
    expect(outcomes.find(({ change }) => change.name === 'r0')).toMatchObject({ status: 'applied' });
    expect(workspace.log.filter((line) => line === 'PUT broken')).toHaveLength(1);
  });
});

describe('verification and drift look at', () => {
  test.each([
    ['entity mappings', { entityMappings: [] }, 'entityMappings'],
    ['custom details', { customDetails: { Computer: 'Account' } }, 'customDetails'],
    ['techniques', { techniques: [] }, 'techniques'],
    ['suppression', { suppressionEnabled: true, suppressionDuration: 'PT1H' }, 'suppressionDuration'],
    ['incident configuration', { incidentConfiguration: { createIncident: false } }, 'createIncident'],
    [
      'grouping',
      {
        incidentConfiguration: {
          createIncident: true,
          groupingConfiguration: {
            enabled: true,
            reopenClosedIncident: false,
            lookbackDuration: 'PT1H',
            matchingMethod: 'AllEntities',
          },
        },
      },
      'lookbackDuration',
    ],
  ] as const)('%s', async (_, edit, pointer) => {
    const whole = buildScheduledRule({
      entityMappings: [
        { entityType: 'Host', fieldMappings: [{ identifier: 'FullName', columnName: 'Computer' }] },
      ],
      customDetails: { Computer: 'Computer' },
      tactics: ['CredentialAccess'],
      techniques: ['T1110'],
    });
    const edited = buildScheduledRule({ ...whole.properties, ...edit });
    const store = new FakeContentStore();
    const made = async () => {
      const live = await readWorkspace(store);
      const target = { environment: 'staging', workspaceId: store.workspaceId, owner: 'contoso-soc' };
      return planChanges({ ...target, desired: [buildDesired('r', whole)], live });
    };
    // Somebody edits the rule between its write and the look at the end.
    let isEdited = false;
    store.before = ({ operation, kind }) => {
      if (
        operation !== 'list' ||
        kind !== 'alertRule' ||
        isEdited ||
        store.peek('alertRule', 'r') === undefined
      )
        return;
      isEdited = true;
      store.edit('alertRule', 'r', edited);
    };
    const [outcome] = await applyPlan(await made(), store, { clock: () => 0 });
    expect(outcome).toMatchObject({ status: 'unverified' });
    expect(JSON.stringify(outcome)).toContain(pointer);

    const [change] = (await made()).changes;
    expect(change).toMatchObject({ action: 'update' });
    const fields = change !== undefined && 'fields' in change ? change.fields : [];
    expect(fields.map(({ cause }) => cause)).toContain('drift');
    expect(JSON.stringify(fields)).toContain(pointer);
  });
});

test('the token never follows the next link of a list to another host', async () => {
  const nextLink = `https://elsewhere.example${workspacePath}${alertRulesPath}?$skipToken=2`;
  const service = scriptedService({ body: JSON.stringify({ value: [], nextLink }) });
  expect(await failureOf(storeOver(service).list('alertRule'))).toMatchObject({ code: 'protocol-error' });
  expect(service.requests.map(({ url }) => new URL(url).host)).not.toContain('elsewhere.example');
});

describe('validate, plan and deploy all refuse', () => {
  const second = (text: string) => text.replaceAll('Many failed', 'Very many failed');
  test.each([
    ['an id that two detections have', second(scheduledDetection), 'duplicate-id'],
    [
      'a duration that is none',
      scheduledDetection.replace('queryFrequency: 1h', 'queryFrequency: banana'),
      'banana',
    ],
    ['a period that is too long', scheduledDetection.replace('queryPeriod: 1h', 'queryPeriod: P90D'), 'P14D'],
    ['an unknown technique', scheduledDetection.replace('T1110', 'T9999'), 'T9999'],
  ])(
    '%s',
    async (_, text, said) => {
      await folder.write(text.includes('Very many') ? 'detections/copy.yaml' : file, text);
      for (const verb of ['validate', 'plan', 'deploy']) {
        const refused = await run(verb);
        expect(refused.exitCode).toBe(1);
        expect(refused.stdout + refused.stderr).toContain(said);
      }
      await expect(state()).rejects.toThrow('ENOENT');
    },
    timeout,
  );
});

describe('a name of something that is to be part of a detection, misspelt,', () => {
  test(
    'is an error where it is a parameter of the query',
    async () => {
      await folder.write(file, scheduledDetection.replace('!= "0"', '!= {{ignoredResult}}'));
      const found = await run('validate');
      expect(found.exitCode).toBe(1);
      expect(found.stdout).toContain('ignoredResult');
    },
    timeout,
  );

  test(
    'is an error where kustodian.yaml changes a detection that is not there',
    async () => {
      const override =
        '    overrides:\n      - select: { id: no-such-id }\n        set: { enabled: false }\n        reason: try\n';
      await folder.write('kustodian.yaml', localConfig + override);
      const found = await run('validate');
      expect(found.stdout).toContain('kustodian.yaml:');
      expect(found.stdout).toContain('no-such-id');
    },
    timeout,
  );
});

describe('a rollback', () => {
  test(
    'goes through the guards of a deploy',
    async () => {
      await run('deploy');
      const guarded = await run('rollback', '--max-deletes', '1');
      expect(guarded.exitCode).not.toBe(0);
      expect(guarded.stderr).toContain('--max-deletes');
      expect((await run('plan')).stdout).toContain('no changes');
    },
    timeout,
  );

  test(
    'shows an edit that was made since, before it undoes it',
    async () => {
      await run('deploy');
      await folder.write(file, scheduledDetection.replace('Medium', 'High'));
      await run('deploy');
      await folder.write(
        '.kustodian/local.json',
        (await state()).replaceAll('"severity":"High"', '"severity":"Low"'),
      );
      const planned = await run('rollback', '--dry-run');
      expect(planned.stdout).toMatch(/severity \(edited in the workspace[^)]*\): "Low" → "Medium"/);
    },
    timeout,
  );
});

describe('the workflows', () => {
  interface Job {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly environment?: unknown;
    readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress'?: boolean };
    readonly steps?: readonly {
      readonly uses?: string;
      readonly run?: string;
      readonly with?: { readonly ref?: string };
    }[];
  }
  interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly jobs: Readonly<Record<string, Job>>;
  }
  const workflow = async (name: string): Promise<Workflow> =>
    loadAll(await readFile(`.github/workflows/${name}.yml`, 'utf8'))[0] as Workflow;

  test('give no identity to a job that runs the code of a pull request', async () => {
    const { jobs, on } = await workflow('validate');
    expect(Object.keys(on)).toContain('pull_request');
    for (const { permissions } of Object.values(jobs)) expect(permissions?.['id-token']).toBeUndefined();
  });

  test('let a prune and a deploy of one environment take turns, and cancel neither', async () => {
    const { jobs, on } = await workflow('deploy');
    expect(JSON.stringify(on['workflow_dispatch'])).toContain('prune');
    const groups = Object.values(jobs).flatMap(({ concurrency }) => concurrency ?? []);
    expect(groups.length).toBeGreaterThan(1);
    for (const group of groups) expect(group['cancel-in-progress'] ?? false).toBe(false);
    const others = (await readdir('.github/workflows')).filter((name) => name !== 'deploy.yml');
    for (const name of others)
      expect(await readFile(`.github/workflows/${name}`, 'utf8')).not.toContain('--prune');
  });
});

describe('requests', () => {
  test(
    'to plan 60 unchanged rules are the lists alone',
    async () => {
      const workspace = createEmulatedWorkspace();
      await workspace.deploy(rules(60));
      workspace.log.length = 0;
      await workspace.plan(rules(60));
      expect(workspace.log).toEqual(['GET 200', 'GET 200', 'GET 200']);
    },
    timeout,
  );

  test('to change one of them are its metadata, the rule, and the lists before and after', async () => {
    const workspace = createEmulatedWorkspace();
    await workspace.deploy(rules(20));
    workspace.log.length = 0;
    await workspace.deploy([
      buildDesired('r0', buildScheduledRule({ severity: 'High' })),
      ...rules(20).slice(1),
    ]);
    expect(workspace.log).toEqual([
      ...['GET 200', 'GET 200', 'GET 200'],
      ...['PUT 200', 'PUT 200'],
      ...['GET 200', 'GET 200'],
    ]);
  });
});

test(
  'what is deleted from the repository by mistake is not deleted without being asked for',
  async () => {
    await run('deploy');
    await rm(join(folder.path, 'detections'), { recursive: true });
    const deployed = await run('deploy');
    expect(deployed.stdout + deployed.stderr).not.toMatch(/[1-9]\d* deleted/);
    expect((await state()).match(/"alertRules":\[\{/)).not.toBeNull();
  },
  timeout,
);
