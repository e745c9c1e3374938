import { argumentsOf } from '../../kql/query-node.ts';
import type { QueryNode } from '../../kql/query-node.ts';

/** Functions and aggregates that take a predicate, with the place of it. */
const takers: ReadonlyMap<string, number> = new Map([
  ['countif', 0],
  ['iff', 0],
  ['iif', 0],
  ['dcountif', 1],
  ['sumif', 1],
  ['avgif', 1],
  ['minif', 1],
  ['maxif', 1],
  ['make_set_if', 1],
  ['make_list_if', 1],
  ['make_bag_if', 1],
  ['take_anyif', 1],
]);

/** True of a condition in `where` or in a call that takes one, that is not itself made of conditions. */
export function isPredicate(node: QueryNode): boolean {
  return node.type === 'bool' && !isComposed(node) && isConditionAt(node);
}

/** True of `not(…)`. */
export function isNot(node: QueryNode): boolean {
  return node.kind === 'FunctionCallExpression' && node.name === 'not';
}

function isComposed(node: QueryNode): boolean {
  return ['AndExpression', 'OrExpression', 'ParenthesizedExpression'].includes(node.kind) || isNot(node);
}

/** What a predicate is to the query: the condition itself, or a part of one. */
function isConditionAt(node: QueryNode): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  if (parent.kind === 'FilterOperator') return parent.part('Condition') === node;
  // The name of a called function is a node of the type that the call has.
  if (parent.kind === 'FunctionCallExpression') return false;
  const call = parent.kind === 'ExpressionList' ? parent.parent : undefined;
  if (call?.name === 'case') return isConditionOfCase(call, node);
  if (call && !isNot(call)) return argumentsOf(call)[takers.get(call.name ?? '') ?? -1] === node;
  const outer = call ?? parent;
  return isComposed(outer) && isConditionAt(outer);
}

/** `case(condition, value, condition, value, otherwise)` */
function isConditionOfCase(call: QueryNode, node: QueryNode): boolean {
  const values = argumentsOf(call);
  const index = values.indexOf(node);
  return index % 2 === 0 && index < values.length - 1;
}

/**
 * What a predicate is replaced with so that it is as if it were not there: true, but false as a leg of `or`, and the other
 * way round in `not`. undefined for what is left out with each of its parts, such as `a and b` in a `where`.
 */
export function neutralOf(node: QueryNode): boolean | undefined {
  if (isPredicate(node)) return neutralAt(node);
  const ofLegs = node.kind === 'OrExpression' ? false : node.kind === 'AndExpression' ? true : undefined;
  if (ofLegs === undefined || !isConditionAt(node)) return undefined;
  const own = neutralAt(node);
  return own === ofLegs ? undefined : own;
}

function neutralAt({ parent }: QueryNode): boolean {
  switch (parent?.kind) {
    case 'OrExpression':
      return false;
    case 'ParenthesizedExpression':
      return neutralAt(parent);
    case 'ExpressionList':
      return parent.parent && isNot(parent.parent) ? !neutralAt(parent.parent) : true;
    default:
      return true;
  }
}
