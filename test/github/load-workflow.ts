import { readFileSync, readdirSync } from 'node:fs';
import {
  isBasicExpression,
  isLiteral,
  isMapping,
  isSequence,
  NoOperationTraceWriter,
  parseWorkflow,
  type TemplateParseResult,
} from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';

/** Text, or an expression as `${{ … }}`; text with expressions in it is one expression that calls `format`. */
export type Value = string | number | boolean;
/** A mapping of such values, such as `env` or `with`. */
export type Values = Readonly<Record<string, Value>>;

/** A step of a job or of a composite action: it has `run` or `uses`. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: Value;
  readonly uses?: string;
  readonly with?: Values;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Values;
}

/** A job, with `needs` always a list. */
export interface Job {
  readonly needs: readonly string[];
  readonly if?: Value;
  readonly permissions?: Values;
  readonly environment?: string;
  readonly concurrency?: Values;
  readonly 'timeout-minutes'?: number;
  readonly outputs?: Values;
  readonly env?: Values;
  readonly steps: readonly Step[];
}

/** A workflow, as far as it is looked at here. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Values;
  readonly concurrency?: Values;
  readonly env?: Values;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A composite action. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: Value }>>;
  readonly outputs?: Readonly<Record<string, { readonly value: Value }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** A file as GitHub's own parser reads it: `errors` is what GitHub would refuse it for. */
export interface Parsed<Content> {
  readonly text: string;
  readonly errors: readonly string[];
  readonly content: Content;
}

const folder = '.github';

/** The files of all workflows, relative to the root. */
export const workflowFiles: readonly string[] = readdirSync(`${folder}/workflows`)
  .map((name) => `${folder}/workflows/${name}`)
  .sort();

/** The folders of all actions, relative to the root. */
export const actionFolders: readonly string[] = readdirSync(`${folder}/actions`)
  .map((name) => `${folder}/actions/${name}`)
  .sort();

/** Reads a workflow. */
export function loadWorkflow(file: string): Parsed<Workflow> {
  const text = readFileSync(file, 'utf8');
  const parsed = read(text, parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter()));
  const content = parsed.content as Workflow;
  const jobs = Object.entries(content.jobs).map(([id, job]) => [
    id,
    { ...job, needs: [(job.needs as string | string[] | undefined) ?? []].flat() },
  ]);
  return { ...parsed, content: { ...content, jobs: Object.fromEntries(jobs) as Workflow['jobs'] } };
}

/** Reads the action in a folder. */
export function loadAction(actionFolder: string): Parsed<Action> {
  const file = `${actionFolder}/action.yml`;
  const text = readFileSync(file, 'utf8');
  const parsed = read(text, parseAction({ name: file, content: text }, new NoOperationTraceWriter()));
  return { ...parsed, content: parsed.content as Action };
}

type Token = NonNullable<TemplateParseResult['value']>;

function read(text: string, { context, value }: TemplateParseResult): Parsed<unknown> {
  const errors = context.errors.getErrors().map(({ message }) => message);
  return { text, errors, content: value === undefined ? undefined : toPlain(value) };
}

function toPlain(token: Token): unknown {
  if (isMapping(token)) {
    return Object.fromEntries([...token].map(({ key, value }) => [key.toString(), toPlain(value)]));
  }
  if (isSequence(token)) return [...token].map(toPlain);
  if (isBasicExpression(token)) return `\${{ ${token.expression} }}`;
  if (isLiteral(token)) return token.toJSON() ?? '';
  throw new TypeError(`a token of type ${token.templateTokenType} has no plain value`);
}
