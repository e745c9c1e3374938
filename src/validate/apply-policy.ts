import type { CodeInfo } from '../core/code-info.ts';
import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';
import type { CheckLevel } from '../detection/config.ts';
import { applySuppressions } from './apply-suppressions.ts';
import { applyBaseline, type Baseline, type BaselineEntry } from './baseline.ts';
import type { Suppression } from './find-suppressions.ts';

/** What a repository says about findings: in comments, in kustodian.yaml and in its baseline. */
export interface Policy {
  /** Every code that there is. */
  readonly codes: ReadonlyMap<string, CodeInfo>;
  /** Severities from kustodian.yaml, by code. */
  readonly levels: ReadonlyMap<string, CheckLevel>;
  readonly suppressions: readonly Suppression[];
  readonly baseline?: Baseline;
  /** True if everything was checked, so that what was not found is not there. */
  readonly complete: boolean;
}

/** What a policy makes of findings. */
export interface PolicyOutcome {
  /** To be reported, with their severities, sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many findings comments suppress, and how many the baseline knows. */
  readonly suppressed: number;
  readonly known: number;
  /** What a new baseline would hold. */
  readonly baselinable: readonly Diagnostic[];
}

/**
 * Decides what is reported, and how severe it is. An error stays one whatever the policy says: the service would refuse what
 * it is about, or meaning would be lost.
 */
export function applyPolicy(found: readonly Diagnostic[], policy: Policy): PolicyOutcome {
  const { levels, baseline, complete } = policy;
  const { remaining, suppressed, problems } = applySuppressions(
    [...found].sort(compareDiagnostics),
    policy.suppressions,
    policy.codes,
    complete,
  );
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  const baselinable = remaining.filter(
    (diagnostic) => !isError(diagnostic) && levels.get(diagnostic.code) !== 'off',
  );
  const compared = applyBaseline(baselinable, baseline?.entries ?? []);
  const stale = complete && baseline ? compared.stale.map((entry) => toStale(entry, baseline.file)) : [];
  const reported = [...remaining.filter(isError), ...compared.remaining, ...problems, ...stale];
  return {
    diagnostics: reported.flatMap((each) => applyLevel(each, levels)).sort(compareDiagnostics),
    suppressed: suppressed.length,
    known: compared.known.length,
    baselinable,
  };
}

/** One finding or none. */
function applyLevel(diagnostic: Diagnostic, levels: ReadonlyMap<string, CheckLevel>): readonly Diagnostic[] {
  const level = levels.get(diagnostic.code);
  if (level === undefined || diagnostic.severity === 'error') return [diagnostic];
  return level === 'off' ? [] : [{ ...diagnostic, severity: level }];
}

function toStale({ file, code, count, fingerprint }: BaselineEntry, baselineFile: string): Diagnostic {
  const times = count === 1 ? '' : ` ${count} times`;
  return {
    code: 'stale-baseline',
    severity: 'warning',
    message: `"${code}" in "${file}" is listed${times} and not found any more (${fingerprint})`,
    file: baselineFile,
    hint: 'run kustodian validate --write-baseline, and commit the file',
  };
}
