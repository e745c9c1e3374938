import type { Diagnostic } from '../core/diagnostic.ts';
import { toLetStatements } from '../compile/let-statements.ts';
import type { QueryDetection } from '../detection/detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { compileQuery, type QueryPlan } from '../engine/compile-query.ts';
import type { UnsupportedConstruct } from '../engine/scope.ts';
import type { Analyse } from '../kql/analysis-memory.ts';
import { analyseQuery } from '../kql/bind-query.ts';
import type { BoundQuery, KqlDiagnostic } from '../kql/bound-query.ts';
import type { QueryTree } from '../kql/query-node.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';

/** A detection whose query is bound and compiled, to be run over any rows. Binding takes 20 ms, a run far less. */
export interface PreparedDetection {
  readonly loaded: LoadedDetection;
  /** With the values of the environment and of the scenario in place. */
  readonly detection: QueryDetection;
  readonly schema: WorkspaceSchema;
  readonly bound: BoundQuery;
  /** Places in it are those of the authored query. */
  readonly tree: QueryTree;
  readonly plan: QueryPlan;
}

/** A prepared detection, or what keeps it from being run. */
export type Preparation =
  { readonly prepared: PreparedDetection } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Binds and compiles the query of a detection as the compiler would deploy it: its parameters in front. What the parser finds
 * wrong, or the engine does not know, is a diagnostic at its place in the file: such a query is not run.
 */
export function prepareDetection(
  loaded: LoadedDetection,
  detection: QueryDetection,
  schema: WorkspaceSchema,
  analyse: Analyse = analyseQuery,
): Preparation {
  const { bound, tree } = analyse(detection.query, schema, toLetStatements(detection.parameters));
  const errors = bound.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || tree === undefined) {
    return { diagnostics: errors.map((error) => atPlace(loaded, error)) };
  }
  const compiled = compileQuery(tree);
  if ('unsupported' in compiled) {
    return { diagnostics: compiled.unsupported.map((construct) => toUnsupported(loaded, construct)) };
  }
  return { prepared: { loaded, detection, schema, bound, tree, plan: compiled.plan } };
}

const missingHint = 'add it under watchlists, functions or external of the scenario, or of the defaults';

/** What the engine refuses, at its place in the file. */
export function toUnsupported(loaded: LoadedDetection, refused: UnsupportedConstruct): Diagnostic {
  const hint =
    refused.code === 'kql/fixture-missing' ? missingHint : 'docs/kql-support.md lists what it runs';
  return { ...atPlace(loaded, refused), hint };
}

type InQuery = Pick<KqlDiagnostic, 'severity' | 'message' | 'start' | 'length' | 'hint'> & {
  readonly code: string;
};

function atPlace(
  loaded: LoadedDetection,
  { code, severity, message, start, length, hint }: InQuery,
): Diagnostic {
  const span = loaded.document.spanWithin('/query', Math.max(0, start), Math.max(0, start + length));
  return { code, severity, message, file: loaded.file, span, ...(hint === undefined ? {} : { hint }) };
}
