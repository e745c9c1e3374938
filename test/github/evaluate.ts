import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { Value } from './load-workflow.ts';

/** What expressions may refer to: `github`, `inputs`, `vars`, `needs`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the steps before, or the jobs that are needed, came out. A run is never cancelled here. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
}

/** The value of an authored value: text as it is, an expression evaluated by GitHub's own evaluator. */
export function evaluate(value: Value, contexts: Contexts, status?: Status): Value {
  const expression = typeof value === 'string' ? expressionOf(value) : undefined;
  return expression === undefined ? value : toValue(compute(expression, contexts, status));
}

/** Whether a job or a step runs. Without a status function in its condition, only after success. */
export function isMet(condition: Value | undefined, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status.success;
  const expression = expressionOf(String(condition)) ?? String(condition);
  const mindsStatus = /\b(success|failure|cancelled|always)\(/.test(expression);
  if (!mindsStatus && !status.success) return false;
  return isTruthy(toValue(compute(expression, contexts, status)));
}

function expressionOf(text: string): string | undefined {
  return /^\$\{\{(.*)\}\}$/s.exec(text)?.[1]?.trim();
}

function compute(
  expression: string,
  contexts: Contexts,
  { success, failure }: Status = { success: true, failure: false },
): data.ExpressionData {
  const answers = { success, failure, cancelled: false, always: true };
  const functions = Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
  const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  return new Evaluator(parsed, dictionary, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

function toValue(result: data.ExpressionData): Value {
  return result.kind === data.Kind.Boolean ? result.value : result.coerceString();
}

function isTruthy(value: Value): boolean {
  return value !== false && value !== '' && value !== 0;
}
