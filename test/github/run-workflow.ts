import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { evaluate, isMet, type Contexts, type Status } from './evaluate.ts';
import { readAssignments } from './read-assignments.ts';
import { loadAction, type Job, type Step, type Values, type Workflow } from './load-workflow.ts';

/** What starts a workflow. */
export interface Trigger {
  readonly event: 'push' | 'pull_request' | 'pull_request_target' | 'schedule' | 'workflow_dispatch';
  /** What else the context `github` holds. */
  readonly github?: Readonly<Record<string, unknown>>;
  readonly inputs?: Values;
  /** Variables of the repository. */
  readonly vars?: Values;
}

/** Where and what to run. */
export interface RunOptions {
  /** The checkout: every `run` step is run here. */
  readonly workspace: string;
  /** Text of the `run` steps that are not to be run, but count as done. */
  readonly leaveOut: readonly string[];
  /** What GitHub gives every step besides, such as GITHUB_API_URL. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A `run` step that was run. */
export interface StepRun {
  readonly name: string;
  readonly outcome: Outcome;
  /** What the job's log shows of it. */
  readonly log: string;
}

/** How a job came out. */
export interface JobRun {
  readonly result: Outcome | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepRun[];
  /** What GitHub would run and this did not, in order: actions of others, and what `leaveOut` names. */
  readonly leftOut: readonly string[];
  /** The step summaries, one after the other. */
  readonly summary: string;
}

type Outcome = 'success' | 'failure';

/** The files of each artifact of a run, by the name of the artifact and their own. */
type Artifacts = Map<string, ReadonlyMap<string, Buffer>>;

interface RunnerOptions extends RunOptions {
  readonly artifacts: Artifacts;
}

/**
 * Runs the jobs of a workflow one after the other as GitHub's runner does: conditions, contexts, environment files,
 * composite actions of this repository, and every `run` step verbatim, in bash.
 */
export function runWorkflow(
  workflow: Workflow,
  trigger: Trigger,
  options: RunOptions,
): Readonly<Record<string, JobRun>> {
  const runs = new Map<string, JobRun>();
  const artifacts: Artifacts = new Map();
  const contexts: Contexts = {
    github: { run_attempt: 1, token: 'token', ...trigger.github, event_name: trigger.event },
    inputs: trigger.inputs ?? {},
    vars: trigger.vars ?? {},
  };
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const needed = job.needs.map((name) => [name, runs.get(name)] as const);
    const needs = Object.fromEntries(
      needed.map(([name, run]) => {
        if (run === undefined) throw new Error(`job "${id}" needs "${name}", which does not stand before it`);
        return [name, { result: run.result, outputs: run.outputs }];
      }),
    );
    const results = Object.values(needs).map(({ result }) => result);
    const status = {
      success: results.every((result) => result === 'success'),
      failure: results.includes('failure'),
    };
    const isDue = isMet(job.if, { ...contexts, needs }, status);
    runs.set(id, isDue ? runJob(workflow, job, { ...contexts, needs }, { ...options, artifacts }) : skipped);
  }
  return Object.fromEntries(runs);
}

const skipped: JobRun = { result: 'skipped', outputs: {}, steps: [], leftOut: [], summary: '' };

function runJob(workflow: Workflow, job: Job, contexts: Contexts, options: RunnerOptions): JobRun {
  const runner = new Runner(options, workflow.defaults?.run?.shell);
  const env = { ...evaluateAll(workflow.env, contexts), ...evaluateAll(job.env, contexts) };
  const { outcome, steps } = runner.runSteps(job.steps, contexts, env);
  runner.dispose();
  const outputs = evaluateAll(job.outputs, { ...contexts, steps });
  return { result: outcome, outputs, steps: runner.runs, leftOut: runner.leftOut, summary: runner.summary };
}

type Environment = Readonly<Record<string, string>>;
type StepContexts = Record<string, { readonly outcome: string; readonly outputs: Environment }>;

/** One job's runner. */
class Runner {
  readonly runs: StepRun[] = [];
  readonly leftOut: string[] = [];
  summary = '';
  /** The same for all steps of the job. */
  readonly #temp = mkdtempSync(join(tmpdir(), 'kustodian-runner-'));
  readonly #options: RunnerOptions;
  readonly #defaultShell: string | undefined;
  /** What steps put into GITHUB_ENV, for the steps after them. */
  #exported: Environment = {};

  constructor(options: RunnerOptions, defaultShell: string | undefined) {
    this.#options = options;
    this.#defaultShell = defaultShell;
  }

  dispose(): void {
    rmSync(this.#temp, { recursive: true });
  }

  runSteps(
    steps: readonly Step[],
    contexts: Contexts,
    env: Environment,
  ): { readonly outcome: Outcome; readonly steps: StepContexts } {
    const done: StepContexts = {};
    let failed = false;
    for (const step of steps) {
      const stepContexts = { ...contexts, steps: done, env: { ...env, ...this.#exported } };
      const status: Status = { success: !failed, failure: failed };
      const runs = isMet(step.if, stepContexts, status);
      const result = runs
        ? this.#runStep(step, stepContexts, env)
        : { outcome: 'skipped' as const, outputs: {} };
      if (step.id !== undefined) done[step.id] = result;
      if (result.outcome === 'failure') failed = true;
    }
    return { outcome: failed ? 'failure' : 'success', steps: done };
  }

  #runStep(
    step: Step,
    contexts: Contexts,
    env: Environment,
  ): { readonly outcome: Outcome; readonly outputs: Environment } {
    const { uses, run } = step;
    const leaveOut = uses === undefined ? this.#options.leaveOut.includes(run ?? '') : !uses.startsWith('./');
    if (leaveOut) {
      const action = uses?.replace(/@.*/, '');
      this.leftOut.push(action ?? run ?? '');
      const given = evaluateAll(step.with, contexts);
      if (action === 'actions/checkout') this.#checkOut(given);
      return { outcome: this.#moveArtifact(action, given), outputs: {} };
    }
    const stepEnv = { ...env, ...evaluateAll(step.env, contexts) };
    if (uses !== undefined) return this.#runAction(uses, evaluateAll(step.with, contexts), contexts, stepEnv);
    return this.#runScript(step, { ...this.#exported, ...stepEnv });
  }

  #runAction(
    uses: string,
    given: Environment,
    contexts: Contexts,
    env: Environment,
  ): { readonly outcome: Outcome; readonly outputs: Environment } {
    const { inputs: declared, outputs = {}, runs } = loadAction(uses.slice('./'.length)).content;
    const defaults = Object.entries(declared).map(([name, input]) => [name, String(input.default ?? '')]);
    const inputs = { ...(Object.fromEntries(defaults) as Environment), ...given };
    const { github } = contexts;
    const { outcome, steps } = this.runSteps(runs.steps, { github, inputs }, env);
    const values = Object.entries(outputs).map(([name, { value }]) => [name, value] as const);
    return { outcome, outputs: evaluateAll(Object.fromEntries(values), { inputs, steps }) };
  }

  /** The workspace is checked out already; what is to lie in a folder of its own comes from there. */
  #checkOut({ path, ref }: Environment): void {
    if (path === undefined || ref === undefined) return;
    const cwd = this.#options.workspace;
    spawnSync('git', ['clone', '--quiet', '--no-checkout', '.', path], { cwd });
    const { status, stderr } = spawnSync('git', ['checkout', '--quiet', '--detach', ref], {
      cwd: join(cwd, path),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`cannot check "${ref}" out: ${stderr}`);
  }

  /** Files and folders cross jobs by their own names, as far as that is all that artifacts are used for. */
  #moveArtifact(action: string | undefined, { name = '', path = '', ...rules }: Environment): Outcome {
    const { artifacts, workspace } = this.#options;
    if (action === 'actions/upload-artifact') {
      const files = path
        .split('\n')
        .map((each) => join(workspace, each.trim()))
        .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
      artifacts.set(name, new Map(files.map((file) => [basename(file), readFileSync(file)])));
      return files.length === 0 && rules['if-no-files-found'] === 'error' ? 'failure' : 'success';
    }
    if (action === 'actions/download-artifact') {
      const files = artifacts.get(name);
      if (files === undefined) return 'failure';
      mkdirSync(join(workspace, path), { recursive: true });
      for (const [file, content] of files) writeFileSync(join(workspace, path, file), content);
    }
    return 'success';
  }

  #runScript(step: Step, env: Environment): { readonly outcome: Outcome; readonly outputs: Environment } {
    const shell = step.shell ?? this.#defaultShell;
    if (shell !== 'bash') throw new Error(`step "${step.name ?? ''}" does not run in bash`);
    const temp = mkdtempSync(join(tmpdir(), 'kustodian-step-'));
    const file = (name: string, text: string): string => {
      writeFileSync(join(temp, name), text);
      return join(temp, name);
    };
    try {
      const [output, exported, summary] = ['output', 'env', 'summary'].map((name) => file(name, ''));
      const script = file('script.sh', step.run ?? '');
      const { status, stdout, stderr } = spawnSync(
        'bash',
        ['--noprofile', '--norc', '-eo', 'pipefail', script],
        {
          cwd: this.#options.workspace,
          encoding: 'utf8',
          env: {
            PATH: process.env['PATH'],
            HOME: temp,
            CI: 'true',
            GITHUB_ACTIONS: 'true',
            RUNNER_TEMP: this.#temp,
            GITHUB_OUTPUT: output,
            GITHUB_ENV: exported,
            GITHUB_STEP_SUMMARY: summary,
            ...this.#options.env,
            ...env,
          },
        },
      );
      const outcome = status === 0 ? 'success' : 'failure';
      this.runs.push({ name: step.name ?? '', outcome, log: stdout + stderr });
      this.summary += readFileSync(summary!, 'utf8');
      this.#exported = { ...this.#exported, ...readAssignments(readFileSync(exported!, 'utf8')) };
      return { outcome, outputs: readAssignments(readFileSync(output!, 'utf8')) };
    } finally {
      rmSync(temp, { recursive: true });
    }
  }
}

function evaluateAll(values: Values | undefined, contexts: Contexts): Environment {
  const entries = Object.entries(values ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, String(evaluate(value, contexts))]));
}
