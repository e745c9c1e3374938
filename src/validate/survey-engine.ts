import { compareText, type Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { loadDetection } from '../detection/load-detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { compileQuery, runQuery } from '../engine/compile-query.ts';
import { UnsupportedError } from '../engine/scope.ts';
import type { UnsupportedConstruct } from '../engine/scope.ts';
import { Datetime } from '../engine/value.ts';
import type { QueryTree } from '../kql/query-node.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { bindDetection, queryDiagnostics } from './bind-detection.ts';
import { isTestsFile } from '../testing/load-tests.ts';

/** What the engine makes of the queries of a collection of detections. */
export interface EngineSurvey {
  /** Queries that bind without an error. */
  readonly bound: number;
  /** Those of them that the engine plans, with nothing unsupported. */
  readonly planned: number;
  /** What it refuses of the others, by construct, the most frequent first. */
  readonly refused: readonly RefusedConstruct[];
  /** Queries over which the engine broke. */
  readonly crashes: readonly Diagnostic[];
}

/** A construct that the engine does not know, and where. */
export interface RefusedConstruct {
  readonly construct: string;
  readonly diagnostics: readonly Diagnostic[];
}

interface Refusal {
  readonly construct: string;
  readonly diagnostic: Diagnostic;
}

/** 2026-01-01T00:00:00Z */
const now = new Datetime(639_028_224_000_000_000n);

/** Plans the query of every detection in the files, and runs it over an empty workspace: some columns show only then. */
export async function surveyEngine(
  fs: FileSystem,
  files: readonly string[],
  schema: WorkspaceSchema,
): Promise<EngineSurvey> {
  const refusals: Refusal[] = [];
  let bound = 0;
  for (const file of files.filter((name) => !isTestsFile(name))) {
    const result = loadDetection(file, await fs.readFile(file));
    if (result.type !== 'detection') continue;
    const subject = bindDetection(result.loaded, schema);
    if (!subject?.tree) continue;
    if (queryDiagnostics(result.loaded, subject).some(({ severity }) => severity === 'error')) continue;
    bound++;
    const refusal = plan(subject.tree);
    if (refusal) refusals.push(locate(result.loaded, refusal));
  }
  const crashes = refusals.filter(({ diagnostic }) => diagnostic.code === 'kql/engine-failure');
  return {
    bound,
    planned: bound - refusals.length,
    refused: groupByConstruct(refusals.filter((refusal) => !crashes.includes(refusal))),
    crashes: crashes.map(({ diagnostic }) => diagnostic),
  };
}

/** What stops the query; a missing fixture does not. */
function plan(tree: QueryTree): UnsupportedConstruct | undefined {
  const compiled = compileQuery(tree);
  if ('unsupported' in compiled) return compiled.unsupported[0];
  try {
    runQuery(compiled.plan, { tables: new Map(), now });
    return undefined;
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    const { unsupported } = error;
    return unsupported.code === 'kql/fixture-missing' ? undefined : unsupported;
  }
}

function locate(loaded: LoadedDetection, refusal: UnsupportedConstruct): Refusal {
  const { code, severity, message, construct, start, length } = refusal;
  const span = loaded.document.spanWithin('/query', start, start + length);
  return { construct, diagnostic: { code, severity, message, file: loaded.file, span } };
}

function groupByConstruct(refusals: readonly Refusal[]): readonly RefusedConstruct[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const { construct, diagnostic } of refusals)
    groups.set(construct, [...(groups.get(construct) ?? []), diagnostic]);
  return [...groups]
    .map(([construct, diagnostics]) => ({ construct, diagnostics }))
    .sort((a, b) => b.diagnostics.length - a.diagnostics.length || compareText(a.construct, b.construct));
}
