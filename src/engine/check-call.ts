import { argumentsOf } from '../kql/query-node.ts';
import type { QueryNode } from '../kql/query-node.ts';
import { compileRegex } from './regex.ts';
import { flag, refuse } from './scope.ts';
import type { Caution, Scope } from './scope.ts';
import type { Signature } from './signature.ts';

/** What the check of a call needs to know of a function or an aggregate. */
export interface Callable {
  readonly signature: Signature;
  /** What a reader of the result has to know. */
  readonly caution?: Caution;
  /** For docs/kql-support.md: what of it is refused, or is not as one would think. Markdown. */
  readonly limits?: string;
  /** The argument that is a regular expression. */
  readonly pattern?: number;
  /**
   * What of a call is not supported, such as `bag_has_key() with a path`; undefined if all is. It gets the arguments' constant
   * values; those of others are undefined.
   */
  readonly refuses?: (constants: readonly QueryNode['constant'][]) => string | undefined;
}

/** Refuses a form of a call that the function does not know, and notes what a reader of its result has to know. */
export function checkCall(called: Callable, node: QueryNode, scope: Scope): void {
  const { name, least, most } = called.signature;
  const given = argumentsOf(node);
  if (given.length < least || given.length > most)
    refuse(scope, node, `the function ${name}() with ${countOfArguments(given.length)}`);
  const pattern = called.pattern === undefined ? undefined : given[called.pattern];
  if (pattern) checkRegex(pattern, scope);
  const unsupported = called.refuses?.(given.map((argument) => argument.constant));
  if (unsupported !== undefined) refuse(scope, node, unsupported);
  if (called.caution) flag(scope, node, called.caution.reason, `the function ${name}()`);
}

/** A constant pattern that the engine cannot translate is refused beforehand. */
export function checkRegex(pattern: QueryNode, scope: Scope): void {
  const { constant } = pattern;
  if (typeof constant !== 'string' || compileRegex(constant) !== null) return;
  refuse(scope, pattern, `the regular expression ${pattern.text}`);
}

function countOfArguments(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}
