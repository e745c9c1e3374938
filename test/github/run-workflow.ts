import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, isMet, type Contexts, type Status } from './evaluate.ts';
import { readAssignments } from './read-assignments.ts';
import { loadAction, type Job, type Step, type Values, type Workflow } from './load-workflow.ts';

/** What starts a workflow. */
export interface Trigger {
  readonly event: 'push' | 'pull_request' | 'workflow_dispatch';
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
  const contexts: Contexts = {
    github: { event_name: trigger.event },
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
    runs.set(id, isDue ? runJob(workflow, job, { ...contexts, needs }, options) : skipped);
  }
  return Object.fromEntries(runs);
}

const skipped: JobRun = { result: 'skipped', outputs: {}, steps: [], leftOut: [], summary: '' };

function runJob(workflow: Workflow, job: Job, contexts: Contexts, options: RunOptions): JobRun {
  const runner = new Runner(options, workflow.defaults?.run?.shell);
  const env = { ...evaluateAll(workflow.env, contexts), ...evaluateAll(job.env, contexts) };
  const { outcome, steps } = runner.runSteps(job.steps, contexts, env);
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
  readonly #options: RunOptions;
  readonly #defaultShell: string | undefined;
  /** What steps put into GITHUB_ENV, for the steps after them. */
  #exported: Environment = {};

  constructor(options: RunOptions, defaultShell: string | undefined) {
    this.#options = options;
    this.#defaultShell = defaultShell;
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
      this.leftOut.push(uses?.replace(/@.*/, '') ?? run ?? '');
      return { outcome: 'success', outputs: {} };
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
    const { inputs: declared, runs } = loadAction(uses.slice('./'.length)).content;
    const defaults = Object.entries(declared).map(([name, input]) => [name, String(input.default ?? '')]);
    const inputs = { ...(Object.fromEntries(defaults) as Environment), ...given };
    const { github } = contexts;
    return { outcome: this.runSteps(runs.steps, { github, inputs }, env).outcome, outputs: {} };
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
            GITHUB_OUTPUT: output,
            GITHUB_ENV: exported,
            GITHUB_STEP_SUMMARY: summary,
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
