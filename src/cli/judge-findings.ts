import type { Diagnostic } from '../core/diagnostic.ts';
import { applyPolicy, type Policy, type PolicyOutcome } from '../validate/apply-policy.ts';
import { createBaseline, parseBaseline, renderBaseline, type Baseline } from '../validate/baseline.ts';
import { allCodes } from '../validate/codes.ts';
import type { Suppression } from '../validate/find-suppressions.ts';
import type { Project } from './project.ts';

/** What was found, and what the files say of it. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressions: readonly Suppression[];
  /** True if everything was checked, so that what was not found is not there. */
  readonly complete: boolean;
}

/**
 * Applies what the repository says about findings: its suppressions, its baseline, and the severities of kustodian.yaml.
 *
 * @throws ToolError `config-invalid` if the baseline is damaged
 */
export async function judgeFindings(project: Project, findings: Findings): Promise<PolicyOutcome> {
  const { baseline: file, source } = project.config;
  const bytes = file === undefined ? undefined : await project.fs.readFileIfExists(file);
  if (file === undefined || bytes !== undefined) {
    const baseline = file === undefined || bytes === undefined ? undefined : parseBaseline(file, bytes);
    return applyPolicy(findings.diagnostics, toPolicy(project, findings, baseline));
  }
  const missing: Diagnostic = {
    code: 'missing-baseline',
    severity: 'warning',
    message: `the baseline "${file}" does not exist, so known findings are reported, too`,
    file: source.file,
    span: source.spanOf('/baseline'),
    hint: 'correct the path, or run kustodian validate --write-baseline',
  };
  return applyPolicy([...findings.diagnostics, missing], toPolicy(project, findings));
}

/** Makes everything that a baseline can hold the new baseline, and judges by it. Gives the number of its findings. */
export async function writeBaseline(
  project: Project,
  file: string,
  findings: Findings,
): Promise<{ readonly outcome: PolicyOutcome; readonly written: number }> {
  const { baselinable } = applyPolicy(findings.diagnostics, toPolicy(project, findings));
  const entries = createBaseline(baselinable);
  await project.fs.writeFileAtomic(file, renderBaseline(entries));
  const outcome = applyPolicy(findings.diagnostics, toPolicy(project, findings, { file, entries }));
  return { outcome, written: baselinable.length };
}

function toPolicy({ config, suppressions }: Project, findings: Findings, baseline?: Baseline): Policy {
  return {
    codes: allCodes,
    levels: config.checks,
    suppressions: [...suppressions, ...findings.suppressions],
    complete: findings.complete,
    ...(baseline === undefined ? {} : { baseline }),
  };
}
