import type { Severity } from './diagnostic.ts';

/** What a diagnostic code stands for. `kustodian explain` prints it; docs/checks.md and SARIF carry it. */
export interface CodeInfo {
  /** The diagnostic's code: kebab-case and stable, with the anchor of the same name in the documentation. */
  readonly id: string;
  /** `error` if the service or Microsoft's CI refuses what is found, or if meaning would be lost. */
  readonly severity: Severity;
  /** The severity that some of its findings have instead, and which ones. */
  readonly milder?: { readonly severity: Exclude<Severity, 'error'>; readonly where: string };
  /** True if what is found rests on table schemas or a parser that may know less than the workspace does. */
  readonly judgedOffline?: boolean;
  /** One sentence: what holds of content that passes. */
  readonly summary: string;
  /** Why it matters: who refuses it, or what goes wrong. */
  readonly rationale: string;
  /** What to do about a finding, where the summary does not say it already. */
  readonly remedy?: string;
  /** YAML that passes, and YAML that is found. */
  readonly examples?: { readonly good: readonly string[]; readonly bad: readonly string[] };
}

/** Codes that come from one part of the tool, under a title for readers. */
export interface CodeGroup {
  readonly title: string;
  readonly codes: readonly CodeInfo[];
}

/**
 * True if `checks` of kustodian.yaml may set the severity, or turn the code off. What the service refuses is an error
 * whatever anybody configures; of a code that is so only in some places, the other findings can be configured.
 */
export function isConfigurable({ severity, milder }: CodeInfo): boolean {
  return severity !== 'error' || milder !== undefined;
}

/** True if a comment with a reason may suppress findings of the code. */
export function isSuppressible(info: CodeInfo): boolean {
  return isConfigurable(info) || info.judgedOffline === true;
}
