import { argumentsOf } from '../kql/query-node.ts';
import type { NodeType, QueryNode } from '../kql/query-node.ts';
import { findBinaryOperator } from './binary-operators.ts';
import { checkCall, checkRegex } from './check-call.ts';
import { compileBinary } from './compile-binary.ts';
import { compileTable, isTabular } from './compile-table.ts';
import { emptyOf } from './convert.ts';
import { compileFunctionBody } from './compile-function.ts';
import { compileIn } from './compile-in.ts';
import { hoist, isConstant, literalScalar, markConstant } from './constant-scalar.ts';
import { readDynamic } from './dynamic-literal.ts';
import { compileFixtureValue, hasFixtureValue } from './fixture-value.ts';
import { findScalarFunction, findWindowFunction } from './functions/registry.ts';
import { readLiteral } from './literal.ts';
import type { CallInfo, ScalarFunction } from './scalar-function.ts';
import { evaluateConstant, noteRandom, oncePerRun, refuse } from './scope.ts';
import type { Run, Scalar, Scope } from './scope.ts';
import { specialCalls } from './special-calls.ts';
import { isArray, isBag } from './value.ts';
import type { Value } from './value.ts';

/** Compiles a scalar expression. Throws UnsupportedError. */
export function compileScalar(node: QueryNode, scope: Scope): Scalar {
  const literal = readLiteral(node);
  if (literal !== undefined) return literalScalar(literal);
  const special = compilers[node.kind];
  if (special) return special(node, scope);
  const [left, right] = [node.part('Left'), node.part('Right')];
  if (!left || !right) return refuse(scope, node, `the expression "${node.text}"`);
  if (node.kind === 'MatchesRegexExpression') checkRegex(right, scope);
  const isOfAnyColumn = left.kind === 'StarExpression';
  const value: Scalar = isOfAnyColumn ? (row) => row[0] ?? null : compileScalar(left, scope);
  const test =
    compileBinary(node, value, compileScalar(right, scope)) ??
    refuse(scope, node, `the expression "${node.text}"`);
  return isOfAnyColumn ? testColumns(test, /^(Not|Bang)/.test(node.kind)) : test;
}

/** `* has "x"`: of any column. A negated test must hold of every column. */
function testColumns(test: Scalar, isNegated: boolean): Scalar {
  return (row, frame) => {
    const holds = (value: Value): boolean => test([value], frame) === true;
    return isNegated ? row.every(holds) : row.some(holds);
  };
}

/** The type of an expression that has one. */
export function typeOf(node: QueryNode): NodeType {
  return node.type ?? 'unknown';
}

/** The type of an expression where columns may be known only once a query has run: that of the column that it names, if so. */
export function typeWithin(node: QueryNode, { columns }: Scope): NodeType {
  const value = node.kind === 'SimpleNamedExpression' ? (node.part('Expression') ?? node) : node;
  const known = value.kind === 'NameReference' ? columns.find(({ name }) => name === value.name) : undefined;
  return node.type === undefined || node.type === 'unknown' ? (known?.type ?? 'unknown') : node.type;
}

/** A part that the grammar promises. */
export function partOf(node: QueryNode, name: string, scope: Scope): QueryNode {
  return node.part(name) ?? refuse(scope, node, `"${node.text}" without ${name}`);
}

const compilers: Readonly<Record<string, (node: QueryNode, scope: Scope) => Scalar>> = {
  ParenthesizedExpression: compileInner,
  SimpleNamedExpression: compileInner,
  NameReference: compileName,
  FunctionCallExpression: compileCall,
  UnaryMinusExpression: compileMinus,
  UnaryPlusExpression: compileInner,
  AndExpression: (node, scope) => compileLogic(node, scope, false),
  OrExpression: (node, scope) => compileLogic(node, scope, true),
  BetweenExpression: (node, scope) => compileBetween(node, scope, false),
  NotBetweenExpression: (node, scope) => compileBetween(node, scope, true),
  PathExpression: compilePath,
  ElementExpression: compilePath,
  DynamicExpression: (node, scope) => {
    const value = readDynamic(node.text);
    return value === undefined ? refuse(scope, node, `the literal "${node.text}"`) : literalScalar(value);
  },
  ToScalarExpression: compileToScalar,
  InExpression: compileIn,
  NotInExpression: compileIn,
  InCsExpression: compileIn,
  NotInCsExpression: compileIn,
  HasAnyExpression: compileIn,
  HasAllExpression: compileIn,
};

/** True of a kind of expression, by the parser's name, that the engine knows. */
export function isKnownExpression(kind: string): boolean {
  return kind in compilers || findBinaryOperator(kind, undefined) !== undefined;
}

function compileInner(node: QueryNode, scope: Scope): Scalar {
  return compileScalar(partOf(node, 'Expression', scope), scope);
}

function compileName(node: QueryNode, scope: Scope): Scalar {
  const name = node.name ?? '';
  const index = scope.columns.findIndex((column) => column.name === name);
  const binding = scope.bindings.get(name);
  const isColumn = node.symbol?.kind === 'column' || binding?.kind !== 'scalar';
  if (index >= 0 && isColumn) return (row) => row[index] ?? null;
  if (binding?.kind === 'scalar') return binding.scalar;
  const body = node.calledBody;
  if (body) return compileFunctionScalar(node, body, scope);
  const isLeftOut = scope.isOpen === true && node.symbol?.kind === 'column';
  if (!isLeftOut) return refuse(scope, node, `the name "${name}" here`);
  const empty = emptyOf(typeOf(node));
  return () => empty;
}

function compileCall(node: QueryNode, scope: Scope): Scalar {
  const slot = scope.aggregateSlot?.(node);
  if (slot !== undefined) return (row) => row[slot] ?? null;
  const body = node.calledBody;
  if (body) return compileFunctionScalar(node, body, scope);
  const name = node.name ?? '';
  const nodes = argumentsOf(node);
  const window = findWindowFunction(name);
  if (window) {
    checkCall(window, node, scope);
    const args = nodes.map((argument) => compileScalar(argument, scope));
    const [first = node] = nodes;
    const type = typeOf(node) === 'unknown' ? typeWithin(first, scope) : typeOf(node);
    return window.compile({ args, type, rowAt: (frame, index) => frame.rows[index] });
  }
  const called = findScalarFunction(name);
  if (!called) {
    const special = specialCalls.find(({ signature }) => signature.name === name);
    if (special) return special.compile(node, scope);
    return hasFixtureValue(node, scope)
      ? compileFixtureValue(node, scope)
      : refuse(scope, node, `the function ${name || node.text}()`);
  }
  const applied = compileKnownCall(called, node, scope);
  return called.columns ? columnOf(applied, 0) : applied;
}

/** The columns of a call of a function that gives several; undefined of anything else. */
export function compileColumns(node: QueryNode, scope: Scope): readonly Scalar[] | undefined {
  const called = node.kind === 'FunctionCallExpression' ? findScalarFunction(node.name ?? '') : undefined;
  if (!called?.columns || node.calledBody) return undefined;
  const applied = compileKnownCall(called, node, scope);
  const count = called.columns(argumentsOf(node).map(typeOf));
  return Array.from({ length: count }, (_column, index) => columnOf(applied, index));
}

function columnOf(applied: Scalar, index: number): Scalar {
  const column: Scalar = (row, frame) => {
    const values = applied(row, frame);
    return isArray(values) ? (values[index] ?? null) : null;
  };
  return isConstant(applied) ? markConstant(column) : column;
}

function compileKnownCall(called: ScalarFunction, node: QueryNode, scope: Scope): Scalar {
  const nodes = argumentsOf(node);
  checkCall(called, node, scope);
  if (called.caution?.reason === 'arbitrary') noteRandom(scope);
  const args = nodes.map((argument) => compileArgument(argument, scope));
  const [type, argumentTypes] = [typeOf(node), nodes.map(typeOf)];
  const refuseCall = (construct: string): never => refuse(scope, node, construct);
  return compileApplication(called, args, { type, argumentTypes, refuse: refuseCall });
}

/** `typeof(…)` is in the type of the call already. */
function compileArgument(node: QueryNode, scope: Scope): Scalar {
  return node.kind === 'TypeOfLiteralExpression' ? literalScalar(null) : compileScalar(node, scope);
}

/** With constant arguments it has one value a run; without any, only the clock is known not to depend on the row. */
function compileApplication(
  called: ScalarFunction,
  args: readonly Scalar[],
  info: Omit<CallInfo, 'frame'>,
): Scalar {
  const { type, argumentTypes, refuse } = info;
  const isOnce = called.caution?.reason !== 'arbitrary' && (args.length > 0 || called.name === 'now');
  const isConstantCall = isOnce && args.every(isConstant);
  const given = isConstantCall ? args : args.map(hoist);
  const apply: Scalar = (row, frame) =>
    called.evaluate(
      given.map((argument) => argument(row, frame)),
      { frame, type, argumentTypes, refuse },
    );
  return isConstantCall ? markConstant(apply) : apply;
}

function compileFunctionScalar(node: QueryNode, body: QueryNode, scope: Scope): Scalar {
  const binding = compileFunctionBody(node, body, scope);
  return binding.kind === 'scalar'
    ? binding.scalar
    : refuse(scope, node, `the table "${node.text}" as a value`);
}

function compileMinus(node: QueryNode, scope: Scope): Scalar {
  const subtract = findBinaryOperator('MultiplyExpression', node.type);
  const operand = compileInner(node, scope);
  const negated: Scalar = (row, frame) => subtract?.(operand(row, frame), -1n) ?? null;
  return isConstant(operand) ? markConstant(negated) : negated;
}

/** Evaluates the right side only where the left one does not decide. */
function compileLogic(node: QueryNode, scope: Scope, deciding: boolean): Scalar {
  const left = hoist(compileScalar(partOf(node, 'Left', scope), scope));
  const right = hoist(compileScalar(partOf(node, 'Right', scope), scope));
  return (row, frame) => {
    const first = left(row, frame);
    if (first === deciding) return deciding;
    const second = right(row, frame);
    if (second === deciding) return deciding;
    return first === null || second === null ? null : !deciding;
  };
}

function compileBetween(node: QueryNode, scope: Scope, isNegated: boolean): Scalar {
  const couple = partOf(node, 'Right', scope);
  const [leftNode, firstNode, secondNode] = [node.part('Left'), couple.part('First'), couple.part('Second')];
  if (!leftNode || !firstNode || !secondNode) return refuse(scope, node, node.text);
  const [value, first, second] = [leftNode, firstNode, secondNode].map((part) =>
    hoist(compileScalar(part, scope)),
  );
  const isFrom = findBinaryOperator('GreaterThanOrEqualExpression', 'bool');
  const isTo = findBinaryOperator('LessThanOrEqualExpression', 'bool');
  const add = findBinaryOperator('AddExpression', 'datetime');
  const isSpan = leftNode.type === 'datetime' && secondNode.type === 'timespan';
  if (!value || !first || !second || !isFrom || !isTo || !add) return refuse(scope, node, node.text);
  return (row, frame) => {
    const [tested, start, end] = [value(row, frame), first(row, frame), second(row, frame)];
    const isAfter = isFrom(tested, start);
    const isBefore = isTo(tested, isSpan ? add(start, end) : end);
    if (isAfter === null || isBefore === null) return null;
    return (isAfter === true && isBefore === true) !== isNegated;
  };
}

/** `bag.key`, `bag["key"]`, `array[0]`, `array[-1]`. */
function compilePath(node: QueryNode, scope: Scope): Scalar {
  const slot = scope.pathSlot?.(node);
  if (slot !== undefined) return (row) => row[slot] ?? null;
  const given = node.part('Expression');
  const place = node.part('Selector')?.part('Expression')?.constant;
  const several = given && typeof place === 'number' ? compileColumns(given, scope) : undefined;
  if (several && several.length > 1)
    return several.at(Number(place)) ?? refuse(scope, node, `the column of "${node.text}"`);
  const source = compileInner(node, scope);
  const selector = partOf(node, 'Selector', scope);
  const inner = selector.kind === 'BracketedExpression' ? partOf(selector, 'Expression', scope) : undefined;
  if (!inner) {
    const key = selector.name ?? '';
    return (row, frame) => select(source(row, frame), key);
  }
  const index = compileScalar(inner, scope);
  return (row, frame) => select(source(row, frame), index(row, frame));
}

function select(source: Value, key: Value): Value {
  if (isBag(source)) return typeof key === 'string' ? (source.get(key) ?? null) : null;
  return isArray(source) && typeof key === 'bigint' ? (source.at(Number(key)) ?? null) : null;
}

/** Computes something once for the rows of an operator. */
function oncePerFrame(compute: (run: Run) => Value): Scalar {
  const key = {};
  return (_row, { run, state }) => {
    if (!state.has(key)) state.set(key, compute(run));
    return state.get(key) as Value;
  };
}

function compileToScalar(node: QueryNode, scope: Scope): Scalar {
  const inner = partOf(node, 'Expression', scope);
  const outer = { ...scope, columns: [] };
  if (!isTabular(inner)) {
    const scalar = compileScalar(inner, outer);
    if (scope.isRepeated) return scalar;
    const once = oncePerRun((run) => evaluateConstant(scalar, run));
    return markConstant((_row, frame) => once(frame.run));
  }
  const { compilation } = scope;
  const { randomParts } = compilation;
  const table = compileTable(inner, outer);
  const isString = table.columns[0]?.type === 'string';
  const compute = (run: Run): Value => {
    const rows = table.late ? table.late(run).rows : table.rows(run);
    return rows[0]?.[0] ?? (isString ? '' : null);
  };
  // Within a subquery that is run again and again, what reads its rows has a value for each time.
  if (scope.isRepeated && compilation.randomParts > randomParts) return oncePerFrame(compute);
  const once = oncePerRun(compute);
  return markConstant((_row, frame) => once(frame.run));
}
