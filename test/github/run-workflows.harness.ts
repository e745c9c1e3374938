import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCheckout, type Checkout } from './create-checkout.ts';
import { loadWorkflow } from './load-workflow.ts';
import { runWorkflow, type JobRun, type Trigger } from './run-workflow.ts';

const validate = loadWorkflow('.github/workflows/validate.yml').content;
const deploy = loadWorkflow('.github/workflows/deploy.yml').content;

/** The steps that are not run: the checkout is installed already, and its tests are what runs here. */
const install = 'npm ci --ignore-scripts && npm run -s build';
const tests = 'npm test';
const leaveOut = [install, tests];

/** The workflow's environments, on embedded workspaces. */
const localConfig = `owner: workflow-test
environments:
  staging:
    cloud: local
  production:
    cloud: local
    protected: true
    select:
      status: stable
`;

const vars = {
  AZURE_TENANT_ID: '11111111-1111-1111-1111-111111111111',
  AZURE_CLIENT_ID_STAGING: '22222222-2222-2222-2222-222222222222',
  AZURE_CLIENT_ID_PRODUCTION: '33333333-3333-3333-3333-333333333333',
  AZURE_CLIENT_ID_STAGING_PLAN: '44444444-4444-4444-4444-444444444444',
  AZURE_CLIENT_ID_PRODUCTION_PLAN: '55555555-5555-5555-5555-555555555555',
};
const push: Trigger = { event: 'push', vars };
function dispatch(inputs: {
  environment: string;
  'dry-run'?: boolean;
  prune?: boolean;
  ref?: string;
}): Trigger {
  return { event: 'workflow_dispatch', vars, inputs: { 'dry-run': false, prune: false, ref: '', ...inputs } };
}

let checkout: Checkout;

beforeAll(() => {
  checkout = createCheckout();
}, 120_000);

afterEach(() => {
  checkout.reset();
});

afterAll(() => {
  checkout.remove();
});

type DeployRun = Readonly<Record<'targets' | 'staging' | 'production-plan' | 'production', JobRun>>;

function runDeploy(trigger: Trigger): DeployRun {
  return runWorkflow(deploy, trigger, { workspace: checkout.path, leaveOut });
}

function runValidate(): JobRun {
  return runWorkflow(validate, { event: 'pull_request' }, { workspace: checkout.path, leaveOut })[
    'validate'
  ]!;
}

function hasState(environment: string): boolean {
  return existsSync(join(checkout.path, '.kustodian', `${environment}.json`));
}

function logOf(run: JobRun): string {
  return run.steps.map(({ log }) => log).join('');
}

describe('validate.yml', () => {
  const detection = 'detections/impact/recovery-options-removed.yaml';

  test('passes on the content of this repository', () => {
    const run = runValidate();
    expect(run).toMatchObject({
      result: 'success',
      steps: [
        { name: 'Run', outcome: 'success' },
        { name: 'Annotate every scenario that fails', outcome: 'success' },
      ],
    });
    expect(run.leftOut).toEqual([
      'actions/checkout',
      'actions/setup-node',
      install,
      'actions/upload-artifact',
      'actions/upload-artifact',
      tests,
    ]);
    expect(checkout.read('scenarios.xml')).toContain('<testsuites name="kustodian test" tests="');
    const sarif = JSON.parse(checkout.read('kustodian.sarif')) as { version: string };
    expect(sarif.version).toBe('2.1.0');
  });

  test('annotates a mistake at its line, lists it with the line, and still runs the tests', () => {
    checkout.write(detection, checkout.read(detection).replace(/^severity:.*$/m, 'severity: Hihg'));
    const line = checkout.read(detection).split('\n').indexOf('severity: Hihg') + 1;
    const run = runValidate();
    const [annotations, list] = run.steps;
    expect(run.result).toBe('failure');
    expect(annotations?.log).toContain(`::error file=${detection},line=${line},`);
    expect(list?.name).toBe('List every finding with its lines');
    expect(list?.log).toContain('severity: Hihg');
    expect(run.leftOut).toContain(tests);
    expect(run.summary).toContain('severity "Hihg" is not one of');
    expect(checkout.read('kustodian.sarif')).toContain('invalid-value');
  });
});

describe('validate.yml, for a detection that no longer does what its scenarios say', () => {
  const detection = 'detections/impact/recovery-options-removed.yaml';

  test('annotates the expectation, and lists where the rows died', () => {
    checkout.write(
      detection,
      checkout.read(detection).replace('where Ways >= minWays', 'where Ways > minWays + 7'),
    );
    const run = runValidate();
    const [, annotations, list] = run.steps;
    expect(run.result).toBe('failure');
    expect(annotations?.log).toMatch(
      /::error file=detections\/impact\/recovery-options-removed\.tests\.yaml,line=\d+,/,
    );
    expect(list?.log).toMatch(
      /rows 1-2 of DeviceProcessEvents died at detections\/impact\/recovery-options-removed\.yaml:\d+/,
    );
    expect(run.leftOut).toContain(tests);
    expect(checkout.read('scenarios.xml')).toContain('<failure type="failed"');
  });
});

describe('deploy.yml on a push', () => {
  beforeEach(() => {
    checkout.write('kustodian.yaml', localConfig);
  });

  test('deploys to staging and then to production, reports both, and asks for no approval the second time', () => {
    const { targets, staging, 'production-plan': plan, production } = runDeploy(push);
    const setUp = ['actions/checkout', 'actions/setup-node', install, 'azure/login'];
    expect(targets.outputs).toEqual({ staging: 'true', production: 'true' });
    expect(staging).toMatchObject({ result: 'success', leftOut: [...setUp, 'actions/upload-artifact'] });
    expect(plan).toMatchObject({ result: 'success', leftOut: [...setUp, 'actions/upload-artifact'] });
    expect(production).toMatchObject({
      result: 'success',
      leftOut: [
        'actions/checkout',
        'actions/download-artifact',
        ...setUp.slice(1),
        'actions/upload-artifact',
      ],
    });
    for (const [name, run] of Object.entries({ staging, production })) {
      expect(run.summary).toContain(`### Deployed to ${name}:`);
      expect(logOf(run)).toContain(run.summary);
    }
    const states = () => ['staging', 'production'].map((name) => checkout.read(`.kustodian/${name}.json`));
    const before = states();
    const second = runDeploy(push);
    expect([second.staging.result, second['production-plan'].result]).toEqual(['success', 'success']);
    expect(second['production-plan'].outputs['has-changes']).toBe('false');
    expect(second.production.result).toBe('skipped');
    expect(states()).toEqual(before);
  });

  test('shows the approver the plan of production with its digest, and runs that and no other', () => {
    const { 'production-plan': plan, production } = runDeploy(push);
    const { digest, commit } = plan.outputs;
    expect(plan.summary).toContain('### Plan for production:');
    expect(plan.summary).toContain(`\`sha256:${digest}\``);
    expect(commit).toBe(checkout.git('rev-parse', 'HEAD'));
    expect(production.result).toBe('success');

    const tampered = {
      ...deploy.jobs['production-plan']!,
      outputs: { ...deploy.jobs['production-plan']!.outputs, digest: 'f'.repeat(64) },
    };
    checkout.delete('.kustodian/production.json');
    const runs = runWorkflow({ ...deploy, jobs: { ...deploy.jobs, 'production-plan': tampered } }, push, {
      workspace: checkout.path,
      leaveOut,
    });
    expect(runs['production']?.result).toBe('failure');
    expect(logOf(runs['production']!)).toContain('is not the plan that was approved');
    expect(hasState('production')).toBe(false);
  });

  test('writes nothing to production where it has changed since the plan, and says what to do', () => {
    const { steps } = deploy.jobs['production']!;
    const edit = {
      name: 'Edit',
      shell: 'bash',
      run: `npm run -s kustodian -- deploy --env production --plan approved/plan.json --yes >/dev/null 2>&1`,
    };
    const edited = { ...deploy.jobs['production']!, steps: [...steps.slice(0, 2), edit, ...steps.slice(2)] };
    const runs = runWorkflow({ ...deploy, jobs: { ...deploy.jobs, production: edited } }, push, {
      workspace: checkout.path,
      leaveOut,
    });
    expect(runs['production']?.result).toBe('failure');
    expect(logOf(runs['production']!)).toContain('[plan-outdated]');
    expect(logOf(runs['production']!)).toContain('re-run all jobs, not the failed ones only');
  });

  test('leaves production alone if staging did not take it', () => {
    checkout.write('detections/impact/recovery-options-removed.yaml', 'id: [');
    const { staging, 'production-plan': plan, production } = runDeploy(push);
    expect([staging.result, plan.result, production.result]).toEqual(['failure', 'skipped', 'skipped']);
    expect([hasState('staging'), hasState('production')]).toEqual([false, false]);
  });

  test.each([
    ['nothing', {}, ['staging', 'production']],
    ['the tenant only', { AZURE_TENANT_ID: vars.AZURE_TENANT_ID }, ['staging', 'production']],
    ['all but the tenant', { ...vars, AZURE_TENANT_ID: '' }, ['staging', 'production']],
    ['staging only', { ...vars, AZURE_CLIENT_ID_PRODUCTION: '' }, ['production']],
    ['all but the reader of production', { ...vars, AZURE_CLIENT_ID_PRODUCTION_PLAN: '' }, ['production']],
  ])('with %s set up, leaves out the rest and says so', (_case, given, missing) => {
    const { targets, staging, production } = runDeploy({ event: 'push', vars: given });
    expect(targets.result).toBe('success');
    expect(staging.result).toBe(missing.includes('staging') ? 'skipped' : 'success');
    expect(production.result).toBe('skipped');
    const notices = logOf(targets).match(/^::notice title=Not deployed to .*$/gm) ?? [];
    expect(notices).toEqual(
      missing.map((name) => expect.stringContaining(`::notice title=Not deployed to ${name}::`) as unknown),
    );
  });

  test('does not go to production where staging is not set up', () => {
    const { targets, staging, production } = runDeploy({
      event: 'push',
      vars: { ...vars, AZURE_CLIENT_ID_STAGING: '' },
    });
    expect(targets.outputs).toEqual({ staging: 'false', production: 'true' });
    expect([staging.result, production.result]).toEqual(['skipped', 'skipped']);
  });
});

describe('deploy.yml by hand', () => {
  beforeEach(() => {
    checkout.write('kustodian.yaml', localConfig);
  });

  test.each([
    ['staging', 'production'],
    ['production', 'staging'],
  ] as const)('shows what would change in %s, then deploys there, and leaves %s alone', (wanted, other) => {
    const dry = runDeploy(dispatch({ environment: wanted, 'dry-run': true }));
    const dryRun = wanted === 'staging' ? dry.staging : dry['production-plan'];
    if (wanted === 'production') expect(dry.production.result).toBe('skipped');
    expect(dryRun.result).toBe('success');
    expect(dryRun.summary).toContain(`### Plan for ${wanted}:`);
    expect(hasState(wanted)).toBe(false);

    const runs = runDeploy(dispatch({ environment: wanted }));
    expect([runs[wanted].result, runs[other].result]).toEqual(['success', 'skipped']);
    expect([hasState(wanted), hasState(other)]).toEqual([true, false]);
  });

  test('takes an earlier commit of main to production', () => {
    checkout.write('README.md', 'newer\n');
    checkout.commit('newer');
    checkout.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    checkout.git('checkout', '--quiet', 'start');
    checkout.write('kustodian.yaml', localConfig);
    const { production } = runDeploy(dispatch({ environment: 'production', ref: 'start' }));
    expect(production.result).toBe('success');
  });

  test('takes a commit that is not on main to staging, and refuses it for production before anything of it runs', () => {
    checkout.git('checkout', '--quiet', '-b', 'mine');
    checkout.commit('mine');
    const commit = checkout.git('rev-parse', 'HEAD');
    const { staging } = runDeploy(dispatch({ environment: 'staging', ref: 'mine' }));
    const runs = runDeploy(dispatch({ environment: 'production', ref: 'mine' }));
    const plan = runs['production-plan'];
    expect(staging.result).toBe('success');
    expect([plan.result, runs.production.result]).toEqual(['failure', 'skipped']);
    expect(plan.leftOut).toEqual(['actions/checkout']);
    expect(logOf(plan)).toContain(`::error title=Not deployed to production::${commit} is not on main`);
    expect(hasState('production')).toBe(false);
  });

  test('fails where the environment that is asked for is not set up', () => {
    const { targets, production } = runDeploy({
      ...dispatch({ environment: 'production' }),
      vars: { ...vars, AZURE_CLIENT_ID_PRODUCTION: '' },
    });
    expect([targets.result, production.result]).toEqual(['failure', 'skipped']);
    expect(logOf(targets)).toContain('::error title=Not deployed to production::');
  });
});

describe('deploy.yml with prune', () => {
  test('deletes what is no longer described, in production after the approver saw it in the plan', () => {
    checkout.write('kustodian.yaml', localConfig);
    runDeploy(dispatch({ environment: 'production' }));
    checkout.delete('detections/impact/recovery-options-removed.yaml');
    checkout.delete('detections/impact/recovery-options-removed.tests.yaml');
    const kept = runDeploy(dispatch({ environment: 'production' }));
    expect(kept.production.result).toBe('skipped');
    const { 'production-plan': plan, production } = runDeploy(
      dispatch({ environment: 'production', prune: true }),
    );
    expect(plan.summary).toContain('| - delete | Several recovery options removed from one device |');
    expect(production.summary).toContain('1 deleted');
  });
});

test('an input of the action is never run as code', () => {
  const hostile = '$(touch pwned); `touch pwned` "; touch pwned; "';
  const workflow = {
    ...deploy,
    jobs: {
      job: {
        needs: [],
        steps: [
          {
            uses: './.github/actions/kustodian',
            with: { verb: hostile, environment: hostile, options: hostile },
          },
        ],
      },
    },
  };
  const { job } = runWorkflow(workflow, push, { workspace: checkout.path, leaveOut });
  expect(job?.result).toBe('failure');
  expect(job?.steps.map(({ name }) => name)).toEqual(['Run']);
  expect(existsSync(join(checkout.path, 'pwned'))).toBe(false);
});
