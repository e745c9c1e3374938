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
  test.each(workflows)('$file is never started with more rights than its code deserves', ({ content }) => {
    expect(Object.keys(content.on)).not.toContain('pull_request_target');
    expect(Object.keys(content.on)).not.toContain('workflow_run');
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
      const own = file.endsWith('code-scanning.yml') ? 'security-events: write' : 'id-token: write';
      expect(['contents: read', own]).toEqual(expect.arrayContaining(granted));
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
      production: { contents: 'read', 'id-token': 'write' },
    });
  });

  test.each(environments)('deploys to %s one at a time, and never stops in the middle', (environment) => {
    expect(deploy.concurrency).toBeUndefined();
    expect(job(environment).concurrency).toEqual({
      group: `\${{ format('deploy-${environment}{0}', inputs.dry-run && '-dry-run' || '') }}`,
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

  test('checks that a commit is on main before any of its code runs as production', () => {
    const names = job('production').steps.map(({ name, uses }) => name ?? uses?.replace(/@.*/, ''));
    expect(names).toEqual(['actions/checkout', 'Take only commits of main', 'Deploy to production']);
    expect(job('production').steps[0]?.with).toMatchObject({ 'fetch-depth': '0' });
  });

  test('is set up by variables that docs/deploying.md explains', () => {
    const page = readFileSync('docs/deploying.md', 'utf8');
    const text = readFileSync('.github/workflows/deploy.yml', 'utf8');
    const variables = new Set([...text.matchAll(/\bvars\.(\w+)/g)].map(([, name]) => name));
    expect([...variables].sort()).toEqual([
      'AZURE_CLIENT_ID_PRODUCTION',
      'AZURE_CLIENT_ID_STAGING',
      'AZURE_TENANT_ID',
    ]);
    for (const name of variables) expect(page).toContain(name);
  });
});
