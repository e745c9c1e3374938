import type { QueryNode } from '../../kql/query-node.ts';
import { compileScalar, partOf } from '../compile-scalar.ts';
import { bindValue } from '../compile-function.ts';
import { convertTo, emptyOf } from '../convert.ts';
import { createFrame, evaluateConstant, refuse } from '../scope.ts';
import type { EngineColumn, Frame, Run, Scalar, Scope } from '../scope.ts';
import type { Row, Value } from '../value.ts';
import { columnsOf, parameterText } from './operator.ts';
import type { OperatorCompiler } from './operator.ts';

interface Step {
  readonly name: string;
  readonly isShown: boolean;
  readonly condition: Scalar;
  readonly assignments: readonly { readonly index: number; readonly scalar: Scalar }[];
}

/** An active sequence: the latest record of each step up to one, by step. */
interface Match {
  readonly id: bigint;
  readonly records: readonly Row[];
}

/**
 * `scan`: each record is held against the steps from the last to the first. It moves the sequence of the step before on, or
 * goes on with the step's own; at the first step it begins one.
 * https://learn.microsoft.com/kusto/query/scan-operator#matching-logic
 */
export const compileScan: OperatorCompiler = (node, input, scope) => {
  const declared = compileDeclared(node, scope);
  const columns = [...input.columns, ...declared.map(({ column }) => column)];
  const stepNodes = node.list('Steps');
  const names = stepNodes.map(({ name = '' }) => name);
  const inner = stepScope(scope, columns, names);
  const steps = stepNodes.map((step) => compileStep(step, inner, columns, input.columns.length));
  const matchId = parameterText(node, 'with_match_id');
  const own: readonly EngineColumn[] =
    matchId === undefined ? columns : [...columns, { name: matchId, type: 'long' }];
  return {
    columns: columnsOf(node, own),
    rows: (run) => {
      const defaults = declared.map(({ fallback }) => evaluateConstant(fallback, run));
      const start = [...input.columns.map(({ type }) => emptyOf(type)), ...defaults];
      const scanned = scanRows(input.rows(run), steps, { start, defaults, run });
      return matchId === undefined ? scanned.map(({ record }) => record) : scanned.map(withId);
    },
  };
};

function withId({ record, id }: Scanned): Row {
  return [...record, id];
}

interface Declared {
  readonly column: EngineColumn;
  readonly fallback: Scalar;
}

function compileDeclared(node: QueryNode, scope: Scope): readonly Declared[] {
  const declarations = node.part('DeclareClause')?.list('Declarations') ?? [];
  return declarations.map((declaration) => {
    const name = declaration.part('NameAndType')?.name ?? '';
    const type = node.rows?.columns.find((column) => column.name === name)?.type ?? 'unknown';
    const value = declaration.part('DefaultValue')?.part('Value');
    // The parser binds these defaults to nothing.
    const bound = value && bindValue(value.text);
    const given = bound && compileScalar(bound, { ...scope, columns: [] });
    if (value && !given) refuse(scope, value, `the default "${value.text}"`);
    const fallback: Scalar = given
      ? (row, frame) => convertTo(type, given(row, frame))
      : (): Value => emptyOf(type);
    return { column: { name, type }, fallback };
  });
}

/** `step.column` stands for a place behind the record's own columns. */
function stepScope(scope: Scope, columns: readonly EngineColumn[], steps: readonly string[]): Scope {
  const pathSlot = (path: QueryNode): number | undefined => {
    const step = steps.indexOf(path.part('Expression')?.name ?? '');
    const column = columns.findIndex(({ name }) => name === path.part('Selector')?.name);
    const isOfStep = path.part('Expression')?.kind === 'NameReference' && step >= 0 && column >= 0;
    return isOfStep ? columns.length * (step + 1) + column : undefined;
  };
  return { ...scope, columns, pathSlot };
}

function compileStep(
  node: QueryNode,
  scope: Scope,
  columns: readonly EngineColumn[],
  firstDeclared: number,
): Step {
  const output = /=\s*(\w+)/.exec(node.part('ScanStepOutput')?.text ?? '')?.[1] ?? 'all';
  if (output === 'last') refuse(scope, node, 'scan with output=last');
  const nodes = node.part('ComputationClause')?.list('Assignments') ?? [];
  const assignments = nodes.map((assignment) => {
    const name = assignment.part('Name')?.name;
    const index = columns.findIndex((column, at) => at >= firstDeclared && column.name === name);
    if (index < 0) return refuse(scope, assignment, `scan that assigns to "${name ?? assignment.text}"`);
    const scalar = compileScalar(partOf(assignment, 'Expression', scope), scope);
    const type = columns[index]?.type ?? 'unknown';
    const fitted: Scalar = (row, frame) => {
      const value = scalar(row, frame);
      return value === null ? emptyOf(type) : convertTo(type, value);
    };
    return { index, scalar: fitted };
  });
  return {
    name: node.name ?? '',
    isShown: output === 'all',
    condition: compileScalar(partOf(node, 'Condition', scope), scope),
    assignments,
  };
}

interface Scanned {
  readonly record: Row;
  readonly id: bigint;
}

interface Setting {
  /** What a step is that has no record: empty, with the defaults of what is declared. */
  readonly start: Row;
  readonly defaults: Row;
  readonly run: Run;
}

function scanRows(rows: readonly Row[], steps: readonly Step[], setting: Setting): readonly Scanned[] {
  const states: (Match | undefined)[] = steps.map(() => undefined);
  const output: Scanned[] = [];
  const frame = createFrame(setting.run, rows);
  let next = 0n;
  for (const [index, row] of rows.entries()) {
    frame.index = index;
    const fresh = [...row, ...setting.defaults];
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at];
      if (!step) continue;
      const before = at > 0 ? states[at - 1] : undefined;
      const advanced = before && extend(step, fresh, before.records, steps.length, setting, frame);
      if (before && advanced) {
        states[at - 1] = undefined;
        states[at] = { id: before.id, records: [...before.records.slice(0, at), advanced] };
        if (step.isShown) output.push({ record: advanced, id: before.id });
        continue;
      }
      const own = states[at];
      if (!own && at > 0) continue;
      const repeated = extend(step, fresh, own?.records ?? [], steps.length, setting, frame);
      if (!repeated) continue;
      const id = own?.id ?? next++;
      states[at] = { id, records: [...(own?.records ?? []).slice(0, at), repeated] };
      if (step.isShown) output.push({ record: repeated, id });
    }
  }
  return output;
}

/** The record with what the step assigns, if the step takes it. */
function extend(
  step: Step,
  record: Row,
  state: readonly Row[],
  count: number,
  { start }: Setting,
  frame: Frame,
): Row | undefined {
  const steps = Array.from({ length: count }, (_step, index) => state[index] ?? start).flat();
  const row = [...record, ...steps];
  if (step.condition(row, frame) !== true) return undefined;
  const extended = [...record];
  for (const { index, scalar } of step.assignments) extended[index] = scalar(row, frame);
  return extended;
}
