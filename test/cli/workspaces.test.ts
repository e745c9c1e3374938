import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../src/plan/plan-set.ts';
import { sampleProject } from '../support/sample-project.ts';
import { createTestFolder, runCli, type CliRun, type TestFolder } from '../support/test-host.ts';

/** The first run loads Microsoft's parser. */
const timeout = 60_000;

const config = `owner: tests
environments:
  customers:
    cloud: local
    workspaces:
      - name: contoso
      - name: fabrikam
        overrides:
          - select: { severity: Medium }
            set: { severity: High }
`;
let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({ ...sampleProject, 'kustodian.yaml': config });
});

afterEach(() => folder.remove());

function run(...argv: readonly string[]): Promise<CliRun> {
  return runCli([...argv, '--env', 'customers'], { cwd: folder.path });
}

const stateOf = (name: string): Promise<string> =>
  readFile(join(folder.path, `.kustodian/customers.${name}.json`), 'utf8');

test(
  'all workspaces are deployed to, each with its own values, state and snapshot, in one report',
  async () => {
    const first = await run('deploy');
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stdout).toContain('Deployed to customers/contoso: 2 created');
    expect(first.stdout).toContain('Deployed to customers/fabrikam: 2 created');
    expect(first.stdout).toContain('customers: 2 workspaces');
    expect(first.stderr).toContain('customers/fabrikam: [2/2]');
    expect(await stateOf('contoso')).toContain('"severity":"Medium"');
    expect(await stateOf('fabrikam')).toContain('"severity":"High"');
    expect((await run('rollback', '--workspace', 'contoso')).stdout).toContain('2 deleted');
    const report = JSON.parse((await run('drift', '--format', 'json')).stdout) as unknown;
    expect(report).toMatchObject({
      environment: 'customers',
      workspaces: [{ workspace: 'contoso' }, { workspace: 'fabrikam', report: { drift: [] } }],
    });
  },
  timeout,
);

test(
  'what fails in one workspace does not stop the others, and the exit code tells',
  async () => {
    await folder.write('.kustodian/customers.contoso.json', 'damaged');
    const deployed = await run('deploy');
    expect(deployed).toMatchObject({ exitCode: 1 });
    expect(deployed.stdout).toContain('failed: ".kustodian/customers.contoso.json" is not the state');
    expect(deployed.stdout).toContain('Deployed to customers/fabrikam: 2 created');
    expect(deployed.stdout).toContain('customers: 2 workspaces, 1 failed');
    const drift = await run('drift', '--format', 'markdown');
    expect(drift).toMatchObject({ exitCode: 1 });
    expect(drift.stdout).toContain('### Failed for customers/contoso: state-damaged');
    expect(drift.stdout).toContain('### Drift in customers/fabrikam: nothing was changed');
  },
  timeout,
);

test(
  'limits count in each workspace on its own: where one is exceeded, nothing is written, and the others go on',
  async () => {
    await run('deploy', '--workspace', 'contoso');
    const limited = await run('deploy', '--max-changes', '1');
    expect(limited).toMatchObject({ exitCode: 1 });
    expect(limited.stdout).toContain('the plan has 2 changes, more than 1 [limit-exceeded]');
    expect(limited.stdout).toContain('Deployed to customers/contoso: no changes');
    await expect(stateOf('fabrikam')).resolves.not.toContain('failed sign-ins');
  },
  timeout,
);

test(
  'a saved plan holds all workspaces, each with its digest; one of them can be picked, and none is made up',
  async () => {
    const planned = await run('plan', '--out', 'plan.json');
    const text = await readFile(join(folder.path, 'plan.json'), 'utf8');
    expect(planned.stderr).toContain(`saved the plan in plan.json, sha256:${digestOf(text)}`);
    const one = await run('deploy', '--plan', 'plan.json', '--workspace', 'fabrikam');
    expect(one.stdout).toBe(one.stdout.replace(/contoso/g, ''));
    const rest = await run('deploy', '--plan', 'plan.json', '--plan-digest', `sha256:${digestOf(text)}`);
    expect(rest).toMatchObject({ exitCode: 1 });
    expect(rest.stdout).toContain('Deployed to customers/contoso: 2 created');
    expect(rest.stdout).toContain('[plan-outdated]');

    await folder.write('plan.json', text.replace('"severity": "High"', '"severity": "Low"'));
    const changed = await run('deploy', '--plan', 'plan.json');
    expect(changed).toMatchObject({ exitCode: 2 });
    expect(changed.stderr).toContain('the plan for "fabrikam" was changed after it was made');
    await folder.write('kustodian.yaml', `${config}      - name: newcomer\n`);
    await folder.write('plan.json', text);
    expect((await run('deploy', '--plan', 'plan.json')).stdout).toContain(
      'holds no plan for "customers/newcomer"',
    );
  },
  timeout,
);

test(
  'a verb that takes one workspace names those that there are',
  async () => {
    const built = await run('build', '--out', 'build');
    expect(built).toMatchObject({ exitCode: 2 });
    expect(built.stderr).toContain('one of customers/contoso, customers/fabrikam');
  },
  timeout,
);
