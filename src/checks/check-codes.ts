import type { CodeInfo } from '../core/code-info.ts';
import type { Check } from './check.ts';
import { checks, corpusChecks } from './registry.ts';

/** The codes of all checks, in the order of the registry. */
export const checkCodes: readonly CodeInfo[] = Object.freeze([...checks.map(toCodeInfo), ...corpusChecks]);

function toCodeInfo(check: Check): CodeInfo {
  const { huntingSeverity: severity } = check;
  return severity === undefined || severity === 'error' || severity === check.severity
    ? check
    : { ...check, milder: { severity, where: 'in a hunting query' } };
}
