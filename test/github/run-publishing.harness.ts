import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCheckout, type Checkout } from './create-checkout.ts';
import { loadWorkflow } from './load-workflow.ts';
import { runWorkflow, type JobRun, type Trigger } from './run-workflow.ts';

const planComment = loadWorkflow('.github/workflows/plan-comment.yml').content;
const drift = loadWorkflow('.github/workflows/drift.yml').content;
const leaveOut = ['npm ci --ignore-scripts && npm run -s build'];
const detection = 'detections/impact/recovery-options-removed.yaml';
const config = 'owner: workflow-test\nenvironments:\n  staging:\n    cloud: local\n';
const vars = {
  AZURE_TENANT_ID: '11111111-1111-1111-1111-111111111111',
  AZURE_CLIENT_ID_STAGING_PLAN: '44444444-4444-4444-4444-444444444444',
};
/** A pull request, or a night, runs the CLI a few times. */
const timeout = 300_000;

interface Item {
  readonly number: number;
  readonly body: string;
  readonly title?: string;
  readonly state?: string;
  readonly labels?: readonly string[];
}
interface State {
  readonly comments: readonly Item[];
  readonly issues: readonly Item[];
  /** What was written, in order: `POST /repos/…`. */
  readonly writes: readonly string[];
}

let checkout: Checkout;
let github: ChildProcess;
let url: string;

beforeAll(() => {
  checkout = createCheckout();
}, timeout);

beforeEach(async () => {
  github = spawn(process.execPath, ['test/github/fake-github.js'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(github.stdout!, 'data')) as [Buffer];
  url = line.toString().trim();
  checkout.write('kustodian.yaml', config);
  checkout.commit('configure');
});

afterEach(async () => {
  github.kill();
  await once(github, 'close');
  checkout.reset();
});

afterAll(() => {
  checkout.remove();
});

const readState = async (): Promise<State> => (await (await fetch(`${url}/state`)).json()) as State;

function run(workflow: typeof drift, trigger: Trigger): Readonly<Record<string, JobRun>> {
  const env = { GITHUB_API_URL: url, GITHUB_REPOSITORY: 'o/r' };
  return runWorkflow(workflow, trigger, { workspace: checkout.path, leaveOut, env });
}

const logOf = (jobs: Readonly<Record<string, JobRun>>): string =>
  Object.values(jobs)
    .flatMap(({ steps }) => steps.map(({ log }) => log))
    .join('');

describe('plan-comment.yml', () => {
  /** Commits files to a branch, goes back to main, and gives what GitHub tells of the pull request. */
  function propose(files: Readonly<Record<string, string>>, repository = 'o/r'): Trigger {
    checkout.git('checkout', '--quiet', '-B', 'mine');
    for (const [file, text] of Object.entries(files)) checkout.write(file, text);
    checkout.commit('propose');
    const head = checkout.git('rev-parse', 'HEAD');
    checkout.git('checkout', '--quiet', 'main');
    return {
      event: 'pull_request_target',
      vars,
      github: {
        sha: checkout.git('rev-parse', 'HEAD'),
        repository: 'o/r',
        event: { pull_request: { number: 7, head: { sha: head, repo: { full_name: repository } } } },
      },
    };
  }

  test(
    'makes one comment with the plan of the pull request, and updates it when the pull request changes',
    async () => {
      const original = checkout.read(detection);
      const first = run(
        planComment,
        propose({ [detection]: original.replace(/^severity:.*$/m, 'severity: Low') }),
      );
      expect([first['plan']?.result, first['comment']?.result]).toEqual(['success', 'success']);
      const made = await readState();
      expect(made.writes).toEqual(['POST /repos/o/r/issues/7/comments']);
      expect(made.comments[0]?.body).toContain('### Plan for staging:');
      expect(made.comments[0]?.body).toContain('Several recovery options removed from one device');
      checkout.reset();
      checkout.write('kustodian.yaml', config);
      checkout.commit('configure');
      run(
        planComment,
        propose({ [detection]: original.replace(/^name:.*$/m, 'name: Renamed by this pull request') }),
      );
      const updated = await readState();
      expect(updated.writes.slice(1)).toEqual(['PATCH /repos/o/r/issues/comments/1']);
      expect(updated.comments).toHaveLength(1);
      expect(updated.comments[0]?.body).toContain('Renamed by this pull request');
    },
    timeout,
  );

  test(
    'says so where the detections have errors, and fails',
    async () => {
      const jobs = run(planComment, propose({ [detection]: 'id: [' }));
      expect([jobs['plan']?.result, jobs['comment']?.result]).toEqual(['failure', 'success']);
      expect((await readState()).comments[0]?.body).toContain('### No plan for staging');
    },
    timeout,
  );

  test(
    'runs nothing of the pull request, and says what of it is not in the plan',
    async () => {
      const pwn = "import { writeFileSync } from 'node:fs';\nwriteFileSync('pwned', '');\n";
      const trigger = propose({
        '.github/publish.js': pwn,
        '.github/take-data.js': pwn,
        'scripts/kustodian.ts': pwn,
        'detections/pwn.js': pwn,
        'package.json': checkout
          .read('package.json')
          .replace('"kustodian": "node', '"kustodian": "touch pwned; node'),
      });
      const jobs = run(planComment, trigger);
      expect([jobs['plan']?.result, jobs['comment']?.result]).toEqual(['success', 'success']);
      expect(existsSync(join(checkout.path, 'pwned'))).toBe(false);
      expect((await readState()).comments[0]?.body).toContain('of the pull request are in this plan');
    },
    timeout,
  );

  test('does nothing for a fork', async () => {
    const jobs = run(planComment, propose({ [detection]: 'id: [' }, 'fork/r'));
    expect([jobs['plan']?.result, jobs['comment']?.result]).toEqual(['skipped', 'skipped']);
    expect((await readState()).writes).toEqual([]);
  });
});

describe('drift.yml', () => {
  const night: Trigger = { event: 'schedule', vars };
  const cli = (...argv: readonly string[]): JobRun =>
    runWorkflow(
      {
        ...drift,
        jobs: {
          cli: { needs: [], steps: [{ shell: 'bash', run: `npm run -s kustodian -- ${argv.join(' ')}` }] },
        },
      },
      night,
      { workspace: checkout.path, leaveOut },
    )['cli']!;
  const state = '.kustodian/staging.json';
  const edit = (severity: string): void => {
    checkout.write(state, checkout.read(state).replaceAll(/"severity":"\w+"/g, `"severity":"${severity}"`));
  };

  test(
    'opens one issue, updates it when something else was edited, leaves it alone when nothing was, and closes it',
    async () => {
      expect(cli('deploy', '--env', 'staging')).toMatchObject({ result: 'success' });
      const quiet = run(drift, night);
      expect(quiet['staging']).toMatchObject({ result: 'success', outputs: { drift: 'false' } });
      expect((await readState()).writes).toEqual([]);

      edit('Informational');
      const found = run(drift, night);
      expect(found['staging']).toMatchObject({ result: 'success', outputs: { drift: 'true' } });
      expect(found['production']?.result).toBe('skipped');
      const opened = await readState();
      expect(opened.writes).toEqual(['POST /repos/o/r/issues']);
      expect(opened.issues).toMatchObject([
        { title: 'Drift in staging', state: 'open', labels: ['kustodian-drift'] },
      ]);
      expect(opened.issues[0]?.body).toContain('"Informational"');

      run(drift, night);
      expect((await readState()).writes).toHaveLength(1);

      edit('Low');
      run(drift, night);
      const updated = await readState();
      expect(updated.writes.slice(1)).toEqual(['PATCH /repos/o/r/issues/1']);
      expect(updated.issues[0]?.body).not.toContain('"Informational"');

      expect(cli('deploy', '--env', 'staging')).toMatchObject({ result: 'success' });
      run(drift, night);
      const closed = await readState();
      expect(closed.writes.slice(2)).toEqual([
        'POST /repos/o/r/issues/1/comments',
        'PATCH /repos/o/r/issues/1',
      ]);
      expect(closed.issues).toMatchObject([{ state: 'closed' }]);
    },
    timeout,
  );

  test(
    'leaves the issue alone where the workspace could not be looked at',
    async () => {
      cli('deploy', '--env', 'staging');
      edit('Informational');
      run(drift, night);
      checkout.write(state, 'damaged');
      const jobs = run(drift, night);
      expect([jobs['staging']?.result, jobs['staging-issue']?.result]).toEqual(['failure', 'skipped']);
      expect(logOf(jobs)).toContain('[state-damaged]');
      expect((await readState()).issues).toMatchObject([{ state: 'open' }]);
    },
    timeout,
  );
});
