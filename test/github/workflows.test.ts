import { readFileSync } from 'node:fs';
import {
  actionFolders,
  loadAction,
  loadWorkflow,
  workflowFiles,
  type Job,
  type Step,
} from './load-workflow.ts';

const workflows = workflowFiles.map((file) => ({ file, ...loadWorkflow(file) }));
const actions = actionFolders.map((file) => ({ file, ...loadAction(file) }));
const jobs = workflows.flatMap(({ file, content }) =>
  Object.entries(content.jobs).map(([id, job]) => ({ file, id, job, content })),
);
const steps = [
  ...jobs.flatMap(({ file, id, job }) => job.steps.map((step) => ({ place: `${file} ${id}`, step }))),
  ...actions.flatMap(({ file, content }) => content.runs.steps.map((step) => ({ place: file, step }))),
];
const validate = loadWorkflow('.github/workflows/validate.yml').content;
const deploy = loadWorkflow('.github/workflows/deploy.yml').content;

/** The names of what fails a condition, so that a failure says where to look. */
function placesWhere(condition: (step: Step) => boolean): readonly string[] {
  return steps
    .filter(({ step }) => condition(step))
    .map(({ place, step }) => `${place}: ${step.name ?? step.uses ?? ''}`);
}

describe('every workflow and action', () => {
  test.each([...workflows, ...actions])('$file is accepted by GitHub', ({ errors }) => {
    expect(errors).toEqual([]);
  });

  test.each([...workflows, ...actions])(
    '$file pins what others wrote by commit, with the version beside it',
    ({ text }) => {
      const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
      const remote = uses.filter((line) => !/uses: \.\//.test(line));
      expect(uses.length).toBeGreaterThan(0);
      expect(
        remote.filter((line) => !/uses: [\w-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
      ).toEqual([]);
    },
  );

  test('the same action has the same pin everywhere', () => {
    const remote = steps.map(({ step }) => step.uses ?? '').filter((uses) => uses.includes('@'));
    const pins = new Map(remote.map((uses) => [uses.split('@')[0], uses]));
    expect(new Set(remote)).toEqual(new Set(pins.values()));
  });

  test('no expression becomes part of a script', () => {
    expect(placesWhere(({ run }) => run?.includes('${{') === true)).toEqual([]);
  });

  test('no checkout leaves a token behind', () => {
    const leaves = ({ uses, with: inputs }: Step): boolean =>
      uses?.startsWith('actions/checkout@') === true && inputs?.['persist-credentials'] !== 'false';
    expect(placesWhere(leaves)).toEqual([]);
  });

  test('an action of this repository is given the inputs that it declares', () => {
    const declared = new Map(actions.map(({ file, content }) => [`./${file}`, content.inputs]));
    const local = steps.filter(({ step }) => step.uses?.startsWith('./') === true);
    expect(local.length).toBeGreaterThan(0);
    for (const { step } of local) {
      const inputs = declared.get(step.uses ?? '') ?? {};
      const required = Object.keys(inputs).filter((name) => inputs[name]?.required === true);
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
      expect(Object.keys(step.with ?? {})).toEqual(expect.arrayContaining(required));
    }
  });
});

describe('every workflow', () => {
  test.each(workflows)(
    '$file is never started with more rights than its code deserves',
    ({ file, content }) => {
      expect(Object.keys(content.on)).not.toContain('workflow_run');
      // The one that may be: it runs main's code, see below.
      if (!file.endsWith('plan-comment.yml'))
        expect(Object.keys(content.on)).not.toContain('pull_request_target');
    },
  );

  test('no identity where the code of a pull request is checked out, or where something of the repository may be written', () => {
    for (const { job, content } of jobs) {
      const granted = job.permissions ?? content.permissions ?? {};
      if (granted['id-token'] === undefined) continue;
      expect(granted).toEqual({ contents: 'read', 'id-token': 'write' });
      expect(Object.keys(content.on)).not.toContain('pull_request');
    }
  });

  test.each(jobs)('$file: job $id is never cancelled while it writes', ({ file, id, job, content }) => {
    const cancels = [job.concurrency, content.concurrency].some(
      (each) => each?.['cancel-in-progress'] === true,
    );
    const deploys = job.steps.some(({ with: inputs }) => inputs?.['verb'] === 'deploy');
    expect([file, id, cancels && deploys]).toEqual([file, id, false]);
  });

  test.each(workflows)('$file holds no secret', ({ text }) => {
    expect(text).not.toMatch(/\bsecrets\b\s*[.[:]/);
  });

  test.each(workflows)('$file gives a job no permission that the job does not name', ({ content }) => {
    expect([{}, { contents: 'read' }]).toContainEqual(content.permissions);
  });

  test.each(jobs)(
    '$file: job $id may write nothing of the repository, and ends by itself',
    ({ file, job }) => {
      const granted = Object.entries(job.permissions ?? {}).map(([name, right]) => `${name}: ${right}`);
      const own = {
        'code-scanning.yml': 'security-events: write',
        'plan-comment.yml': 'pull-requests: write',
        'drift.yml': 'issues: write',
      };
      const allowed = Object.entries(own).flatMap(([name, right]) => (file.endsWith(name) ? [right] : []));
      expect(['contents: read', 'id-token: write', ...allowed]).toEqual(expect.arrayContaining(granted));
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    },
  );

  test.each(jobs)(
    '$file: job $id has an identity only where an environment guards it',
    ({ job, content }) => {
      const hasIdentity = job.permissions?.['id-token'] === 'write';
      expect(hasIdentity).toBe(job.environment !== undefined);
      expect(hasIdentity && 'pull_request' in content.on).toBe(false);
    },
  );
});

describe('validate.yml', () => {
  test('runs for pull requests only, and may only read', () => {
    expect(Object.keys(validate.on)).toEqual(['pull_request']);
    expect(validate.permissions).toEqual({ contents: 'read' });
    expect(Object.values(validate.jobs).map(({ permissions }) => permissions)).toEqual([undefined]);
  });

  test('runs the scenarios of the detections whatever validation finds, with annotations, a summary and JUnit', () => {
    const own = Object.values(validate.jobs).flatMap(({ steps: found }) => found);
    const scenarios = own.find(({ id }) => id === 'scenarios');
    expect(scenarios?.if).toBe('${{ !cancelled() }}');
    expect(scenarios?.run).toBe(
      'npm run -s test:detections -- --format github --report "markdown=$GITHUB_STEP_SUMMARY" --report junit=scenarios.xml',
    );
    const kept = own.filter(({ with: inputs }) => inputs?.['path'] === 'scenarios.xml');
    expect(kept.map(({ uses = '', if: condition }) => [uses.split('@')[0], condition])).toEqual([
      ['actions/upload-artifact', '${{ !cancelled() }}'],
    ]);
    // The log shows no place of an annotation, nor the rows.
    const listed = own.find(({ run }) => run === 'npm run -s test:detections');
    expect(listed?.if).toContain("steps.scenarios.outcome == 'failure'");
  });

  test('is given up for a newer push to the same pull request', () => {
    expect(validate.concurrency).toEqual({
      group: "${{ format('validate-{0}', github.ref) }}",
      'cancel-in-progress': true,
    });
  });
});

describe('code-scanning.yml', () => {
  const scanning = loadWorkflow('.github/workflows/code-scanning.yml').content;

  test('only reads, but for the one job that uploads findings, and never for a fork', () => {
    expect(scanning.permissions).toEqual({ contents: 'read' });
    const { findings } = scanning.jobs;
    expect(findings?.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
    expect(findings?.if).toContain("vars.KUSTODIAN_CODE_SCANNING == 'true'");
    expect(findings?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
  });
});

describe('deploy.yml', () => {
  const environments = ['staging', 'production'] as const;
  const job = (name: string): Job => deploy.jobs[name]!;

  test('runs on a push to main, or by hand with an environment, a dry run and a ref', () => {
    expect(deploy.on).toEqual({
      push: { branches: ['main'] },
      workflow_dispatch: {
        inputs: {
          environment: expect.objectContaining({
            type: 'choice',
            options: environments,
            required: true,
          }) as unknown,
          'dry-run': expect.objectContaining({ type: 'boolean', default: true }) as unknown,
          prune: expect.objectContaining({ type: 'boolean', default: false }) as unknown,
          ref: expect.objectContaining({ type: 'string', default: '' }) as unknown,
        },
      },
    });
  });

  test('gives the identity to the jobs that deploy, and nothing at all to the others', () => {
    const permissions = Object.entries(deploy.jobs).map(([id, one]) => [id, one.permissions]);
    expect(deploy.permissions).toEqual({});
    expect(Object.fromEntries(permissions)).toEqual({
      targets: undefined,
      staging: { contents: 'read', 'id-token': 'write' },
      'production-plan': { contents: 'read', 'id-token': 'write' },
      production: { contents: 'read', 'id-token': 'write' },
    });
  });

  test.each([
    ['staging', 'staging', "{0}', inputs.dry-run && '-dry-run' || '') }}"],
    ['production-plan', 'production', "{0}', inputs.dry-run && '-dry-run' || '') }}"],
  ])(
    '%s takes its turn with all that deploys to %s, and never stops in the middle',
    (id, environment, rest) => {
      expect(deploy.concurrency).toBeUndefined();
      expect(job(id).concurrency).toEqual({
        group: `\${{ format('deploy-${environment}${rest}`,
        'cancel-in-progress': false,
      });
    },
  );

  test('a production deploy takes its turn with what plans for production', () => {
    expect(job('production').concurrency).toEqual({
      group: 'deploy-production',
      'cancel-in-progress': false,
    });
  });

  test.each(environments)('signs in to %s as that environment, and deploys there', (environment) => {
    const { steps: own, environment: guard } = job(environment);
    expect(guard).toBe(environment);
    expect(own.find(({ uses }) => uses === './.github/actions/kustodian')?.with).toMatchObject({
      verb: 'deploy',
      environment,
      'client-id': `\${{ vars.AZURE_CLIENT_ID_${environment.toUpperCase()} }}`,
    });
  });

  test('checks that a commit is on main before any of its code runs for production, and deploys that commit', () => {
    const names = job('production-plan').steps.map(({ name, uses }) => name ?? uses?.replace(/@.*/, ''));
    expect(names.slice(0, 3)).toEqual([
      'actions/checkout',
      'Take only commits of main',
      'Plan for production',
    ]);
    expect(job('production-plan').steps[0]?.with).toMatchObject({ 'fetch-depth': '0' });
    expect(job('production').steps[0]?.with).toMatchObject({
      ref: '${{ needs.production-plan.outputs.commit }}',
    });
  });

  test('plans for production as a reader of its own, and hands plan and digest over along two ways', () => {
    const { 'production-plan': plan, production } = deploy.jobs;
    expect(plan?.environment).toBe('production-plan');
    expect(plan?.steps.find(({ id }) => id === 'plan')?.with).toMatchObject({
      verb: 'plan',
      'client-id': '${{ vars.AZURE_CLIENT_ID_PRODUCTION_PLAN }}',
    });
    expect(plan?.outputs?.['digest']).toBe('${{ steps.digest.outputs.digest }}');
    const uploaded = plan?.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    const downloaded = production?.steps.find(({ uses }) => uses?.startsWith('actions/download-artifact@'));
    expect(downloaded?.with?.['name']).toBe(uploaded?.with?.['name']);
    const options = String(
      production?.steps.find(({ with: inputs }) => inputs?.['verb'] === 'deploy')?.with?.['options'],
    );
    expect(options).toContain('--plan approved/plan.json --plan-digest {0} --yes');
    expect(options).toContain('needs.production-plan.outputs.digest');
  });

  test.each(environments)('keeps the snapshots and reports of %s, whatever happens', (environment) => {
    const upload = job(environment).steps.find(({ name }) => name === 'Keep the snapshot and the report');
    expect(upload?.if).toBe('always()');
    expect(upload?.with).toMatchObject({ 'include-hidden-files': 'true' });
  });

  test('is set up by variables that docs/deploying.md explains', () => {
    const page = readFileSync('docs/deploying.md', 'utf8');
    const text = readFileSync('.github/workflows/deploy.yml', 'utf8');
    const variables = new Set([...text.matchAll(/\bvars\.(\w+)/g)].map(([, name]) => name));
    expect([...variables].sort()).toEqual([
      'AZURE_CLIENT_ID_PRODUCTION',
      'AZURE_CLIENT_ID_PRODUCTION_PLAN',
      'AZURE_CLIENT_ID_STAGING',
      'AZURE_TENANT_ID',
    ]);
    for (const name of variables) expect(page).toContain(name);
  });
});

describe('plan-comment.yml', () => {
  const { on, jobs: own } = loadWorkflow('.github/workflows/plan-comment.yml').content;
  const scripts = (job: Job): string => job.steps.map(({ run }) => run ?? '').join('\n');

  test('runs the code of main: what it checks out of the pull request is data, and is gone before anything is installed', () => {
    expect(Object.keys(on)).toEqual(['pull_request_target']);
    const checkouts = Object.values(own).flatMap(({ steps: all }) =>
      all.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
    );
    const fromPullRequest = checkouts.filter(({ with: inputs }) => inputs?.['ref'] !== '${{ github.sha }}');
    expect(fromPullRequest.map(({ with: inputs }) => inputs?.['path'])).toEqual(['pull-request']);
    const { plan } = own;
    const names = plan?.steps.map(({ name, uses }) => name ?? uses?.replace(/@.*/, ''));
    expect(names?.slice(0, 4)).toEqual([
      'actions/checkout',
      'actions/checkout',
      'Take the data of the pull request, merged',
      'Plan for staging',
    ]);
    expect(scripts(plan!)).toContain('rm -rf pull-request');
    expect(scripts(plan!)).not.toMatch(/\bnp[mx]\b/);
  });

  test('is for branches of this repository only, as a reader, and only where that is set up', () => {
    expect(own['plan']?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    expect(own['plan']?.if).toContain('vars.AZURE_CLIENT_ID_STAGING_PLAN');
    expect(own['plan']?.environment).toBe('staging-plan');
    expect(own['plan']?.steps.find(({ id }) => id === 'plan')?.with).toMatchObject({ verb: 'plan' });
  });

  test('comments in a job without an identity', () => {
    expect(own['comment']?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(own['comment']?.environment).toBeUndefined();
  });
});

describe('drift.yml', () => {
  const { on, jobs: own } = loadWorkflow('.github/workflows/drift.yml').content;

  test('looks every night, and by hand', () => {
    expect(Object.keys(on)).toEqual(['schedule', 'workflow_dispatch']);
  });

  test.each(['staging', 'production'])(
    'reads %s as its reader, and keeps its issue in a job without an identity',
    (name) => {
      expect(own[name]).toMatchObject({
        environment: `${name}-plan`,
        permissions: { contents: 'read', 'id-token': 'write' },
      });
      expect(own[name]?.steps.find(({ id }) => id === 'drift')?.with).toMatchObject({ verb: 'drift' });
      expect(own[`${name}-issue`]?.permissions).toEqual({ contents: 'read', issues: 'write' });
      expect(own[`${name}-issue`]?.if).toContain(`needs.${name}.result == 'success'`);
    },
  );
});
