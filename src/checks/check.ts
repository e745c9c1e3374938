import type { CodeInfo } from '../core/code-info.ts';
import type { Severity } from '../core/diagnostic.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { BoundQuery } from '../kql/bound-query.ts';
import type { QueryTree } from '../kql/query-node.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';

/** What every check says about itself. `docs/checks.md` is generated from it. `id` is also the name of the check's file. */
export interface CheckInfo extends CodeInfo {
  /**
   * YAML that passes, and YAML that is found. Each is a fragment whose keys replace those of the minimal detection
   * (minimal-detection.ts); for a corpus check `---` separates files. They are run as tests and printed in the docs.
   */
  readonly examples: { readonly good: readonly string[]; readonly bad: readonly string[] };
}

/** The query of a detection, bound once for all checks, with the parameters' values in front of it. */
export interface BoundSubject {
  readonly bound: BoundQuery;
  readonly schema: WorkspaceSchema;
  /** Absent where the query breaks off in a syntax error or was not analysed: then there is nothing to look at. */
  readonly tree?: QueryTree;
}

/** What a check looks at. `query` is absent for a kind without a query, and where only the detection is of interest. */
export interface CheckSubject {
  readonly loaded: LoadedDetection;
  readonly query?: BoundSubject;
}

export interface FindingOptions {
  /** The remedy. */
  readonly hint?: string;
  /** Point at the key instead of the value. */
  readonly part?: 'value' | 'key';
  /** Point at a stretch of the string value only; offsets in the parsed string, `end` exclusive. */
  readonly range?: { readonly start: number; readonly end: number };
}

/** Takes a finding at a pointer into the authored format's canonical keys. The runner adds code, severity, file and span. */
export type Report = (pointer: string, message: string, options?: FindingOptions) => void;

/** A check of one detection. Pure; reports all it finds and never throws. */
export interface Check extends CheckInfo {
  /** The severity in a hunting query, which the service stores without looking into it. `severity`, if absent. */
  readonly huntingSeverity?: Severity;
  check(subject: CheckSubject, report: Report): void;
}

export interface CorpusFindingOptions extends FindingOptions {
  /** Another place that explains the finding. */
  readonly related?: {
    readonly loaded: LoadedDetection;
    readonly pointer: string;
    readonly message: string;
  };
}

/** Like `Report`, for a finding in one of several files. */
export type CorpusReport = (
  loaded: LoadedDetection,
  pointer: string,
  message: string,
  options?: CorpusFindingOptions,
) => void;

/** A check of all detections together. Pure; reports all it finds and never throws. */
export interface CorpusCheck extends CheckInfo {
  check(all: readonly LoadedDetection[], report: CorpusReport): void;
}
