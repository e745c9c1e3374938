import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { localConfig, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;
const file = 'detections/credential-access/failed-sign-ins.yaml';
const hunting = 'detections/initial-access/new-countries.yaml';
const id = '5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01';
const statePath = '.kustodian/local.json';
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder(sampleProject);
  await run('deploy');
}, timeout);

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli(argv, { cwd: folder.path });
}

const state = (): Promise<string> => readFile(join(folder.path, statePath), 'utf8');

async function edit(from: string, to: string): Promise<void> {
  const text = await state();
  expect(text).toContain(from);
  await folder.write(statePath, text.replace(from, to));
}

describe('an alert rule that something points at', () => {
  beforeEach(async () => {
    const text = await state();
    const { workspaces } = JSON.parse(text) as { workspaces: { collections: Record<string, object[]> }[] };
    const { collections } = workspaces[0]!;
    const [sample] = collections['alertRules'] as { id: string }[];
    const base = sample!.id.slice(0, sample!.id.indexOf('/alertRules/'));
    const conditions = [{ conditionProperties: { propertyValues: [`${base}/alertRules/${id}`] } }];
    collections['automationRules'] = [
      {
        ...sample,
        name: 'a1',
        id: `${base}/AutomationRules/a1`,
        properties: { displayName: 'Assign to the night shift', order: 1, triggeringLogic: { conditions } },
      },
    ];
    const [whole] = [JSON.parse(text) as { workspaces: object[] }];
    await folder.write(statePath, JSON.stringify({ ...whole, workspaces }));
    await rm(join(folder.path, file));
  });

  test('is not deleted, and the plan says what points at it', async () => {
    const refused = await run('deploy', '--prune');
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stdout).toContain('! blocked alert rule "Many failed sign-ins"');
    expect(refused.stdout).toContain('the automation rule "Assign to the night shift" (a1) names it');
    expect(await state()).toContain(`"name":"${id}"`);
  });

  test('is deleted by who takes that in, and still shown', async () => {
    const deleted = await run('deploy', '--prune', '--allow-broken-automation');
    expect(deleted).toMatchObject({ exitCode: 0 });
    expect(deleted.stdout).toContain('- delete alert rule "Many failed sign-ins"');
    expect(deleted.stdout).toContain('the automation rule "Assign to the night shift" (a1) names it');
  });

  test('is disabled without more ado where the environment prunes so', async () => {
    await folder.write('kustodian.yaml', `${localConfig}    prune: disable\n`);
    expect(await run('deploy', '--prune')).toMatchObject({ exitCode: 0 });
    expect(await state()).toContain('"enabled":false');
    expect((await run('deploy', '--prune')).stdout).toContain('no longer described, already disabled');
  });
});

describe('a deploy that is limited to paths', () => {
  beforeEach(async () => {
    await folder.write(file, scheduledDetection.replace('Medium', 'High'));
    await rm(join(folder.path, hunting));
  });

  test('deploys these, and neither removes nor lists what is gone', async () => {
    const deployed = await run('deploy', file);
    expect(deployed).toMatchObject({ exitCode: 0 });
    expect(deployed.stdout).toContain(`limited to ${file}`);
    expect(deployed.stdout).toContain('Plan: 1 to update\n');
  });

  test('never prunes', async () => {
    const refused = await run('deploy', 'detections', '--prune');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('--prune does not go with paths');
  });

  test('is refused for a saved plan', async () => {
    await run('plan', '--out', 'plan.json');
    const refused = await run('deploy', file, '--plan', 'plan.json');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('--plan does not go with paths');
  });

  test('stops for an error anywhere', async () => {
    await folder.write('detections/broken.yaml', 'id: x\n  name: y\n');
    expect(await run('deploy', file)).toMatchObject({ exitCode: 1 });
  });
});

test('an alert rule that the service switched off stays off until somebody says otherwise', async () => {
  await edit(
    '"displayName":"Many failed sign-ins","enabled":true',
    '"displayName":"AUTO DISABLED Many failed sign-ins","enabled":false',
  );
  const plan = await run('deploy');
  expect(plan).toMatchObject({ exitCode: 0 });
  expect(plan.stdout).toContain('= left off: alert rule "Many failed sign-ins"');
  expect((await run('drift')).stdout).toContain('disabled by the service: alert rule');
  await run('deploy', '--enable-auto-disabled');
  expect(await state()).not.toContain('AUTO DISABLED');
});

test('drift that is acknowledged is shown, and no finding until it expires', async () => {
  await edit('"severity":"Medium"', '"severity":"Low"');
  const acknowledge = (fields: string, expires: string) =>
    folder.write(
      'kustodian.yaml',
      `${localConfig}acknowledgedDrift:\n  - { detection: ${id}, fields: [${fields}], reason: tuned, expires: ${expires} }\n`,
    );
  await acknowledge('severity', '2026-01-31');
  const known = await run('drift');
  expect(known).toMatchObject({ exitCode: 0 });
  expect(known.stdout).toContain('acknowledged until 2026-02-01T00:00:00.000Z: tuned');
  expect((await run('plan')).stdout).toContain('severity (edited in the workspace)');
  await acknowledge('query', '2026-01-31');
  expect(await run('drift')).toMatchObject({ exitCode: 1 });
  await acknowledge('severity', '2026-01-01');
  expect(await run('drift')).toMatchObject({ exitCode: 1 });
});

test('a workspace with another id than the configured one is not written to', async () => {
  const before = await state();
  await folder.write(file, scheduledDetection.replace('Medium', 'High'));
  await folder.write(
    'kustodian.yaml',
    `${localConfig}    workspaceId: 4be00c7c-50a4-46d4-a8f5-4a4c84e9d6f4\n`,
  );
  for (const argv of [['deploy'], ['rollback'], ['disable', id, '--reason', 'x', '--until', '2026-12-31']]) {
    const refused = await run(...argv);
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('workspace-mismatch');
  }
  expect(await state()).toBe(before);
});

test('a detection that becomes another kind is replaced, and rolled back by another replace', async () => {
  const nrt = scheduledDetection
    .replace('kind: Scheduled', 'kind: NRT')
    .replace(/queryFrequency[\s\S]*triggerThreshold: 0\n/, '');
  await folder.write(file, nrt);
  const replaced = await run('deploy');
  expect(replaced).toMatchObject({ exitCode: 0 });
  expect(replaced.stdout).toContain('± replace alert rule "Many failed sign-ins"');
  expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
  expect((await run('rollback')).stdout).toContain('± replace alert rule');
  await folder.write(file, scheduledDetection);
  expect((await run('plan')).stdout).toContain('no changes, 2 unchanged');
});
