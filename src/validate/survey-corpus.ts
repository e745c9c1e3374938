import { compareText, type Diagnostic } from '../core/diagnostic.ts';
import type { FileSystem } from '../core/file-system.ts';
import { compileDetection } from '../compile/compile-detection.ts';
import type { Environment } from '../detection/config.ts';
import type { DesiredResource } from '../sentinel/desired-resource.ts';
import { loadBuiltinSchema } from '../kql/schemas/builtin-schema.ts';
import { validateContent } from './validate-content.ts';

/** What became of a collection of detections that nobody here wrote. */
export interface CorpusSurvey {
  readonly files: number;
  /** Files that only say that their detection moved elsewhere. */
  readonly stubs: readonly string[];
  /** Detections that loaded, passed the checks and compiled, by kind. */
  readonly compiled: ReadonlyMap<string, number>;
  /** Files with an error of their own. */
  readonly refused: readonly string[];
  /** Files whose id another file has already; they are not counted as refused for that. */
  readonly duplicates: readonly string[];
  /** What the detections compile to, without those whose id an earlier one has; also of those that the checks refuse. */
  readonly resources: readonly DesiredResource[];
  /** Everything found, by code, the most frequent first. */
  readonly findings: readonly FindingGroup[];
}

/** All findings with one code, sorted by file. */
export interface FindingGroup {
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly diagnostics: readonly Diagnostic[];
}

/** The code of the finding that two files have the same id. */
const duplicateCode = 'duplicate-id';

/** Loads, checks and compiles files for one environment, and counts what became of them. */
export async function surveyCorpus(
  fs: FileSystem,
  files: readonly string[],
  environment: Environment,
): Promise<CorpusSurvey> {
  const {
    loaded,
    stubs,
    diagnostics: found,
  } = await validateContent(fs, files, { schema: await loadBuiltinSchema() });
  const compiled = loaded.map((one) => compileDetection(one, environment));
  const diagnostics = [...found, ...compiled.flatMap((result) => [...result.diagnostics])];
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const refused = filesOf(errors.filter(({ code }) => code !== duplicateCode));
  const duplicates = filesOf(errors.filter(({ code }) => code === duplicateCode));
  const sound = loaded.filter((one) => !refused.includes(one.file));
  return {
    files: files.length,
    stubs,
    compiled: countBy(sound.map((one) => one.detection.kind)),
    refused,
    duplicates,
    resources: compiled.flatMap(({ resource }) =>
      resource === undefined || duplicates.includes(resource.detection.file) ? [] : [resource],
    ),
    findings: groupByCode(diagnostics),
  };
}

function filesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map(({ file }) => file))].sort(compareText);
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of [...names].sort(compareText)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function groupByCode(diagnostics: readonly Diagnostic[]): readonly FindingGroup[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.severity} ${diagnostic.code}`;
    groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  return [...groups.values()]
    .flatMap((group): FindingGroup[] => {
      const [first] = group;
      return first === undefined ? [] : [{ code: first.code, severity: first.severity, diagnostics: group }];
    })
    .sort(
      (a, b) =>
        compareText(a.severity, b.severity) ||
        b.diagnostics.length - a.diagnostics.length ||
        compareText(a.code, b.code),
    );
}
