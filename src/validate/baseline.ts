import { compareText, type Diagnostic } from '../core/diagnostic.ts';
import { fingerprintOf } from '../core/fingerprint.ts';
import { isJsonArray, isJsonObject, type JsonValue } from '../core/json.ts';
import { ToolError } from '../core/tool-error.ts';

/** Findings of one kind in one file that were there before; lines may move, so they are counted and not placed. */
export interface BaselineEntry {
  readonly file: string;
  readonly code: string;
  readonly fingerprint: string;
  readonly count: number;
}

/** The findings that are known and not reported, with the file that lists them. */
export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** Findings by whether the baseline has them, and entries of it that have no finding any more. */
export interface BaselineOutcome {
  readonly remaining: readonly Diagnostic[];
  readonly known: readonly Diagnostic[];
  readonly stale: readonly BaselineEntry[];
}

/** Takes out the findings that a baseline lists. Of more equal ones than it lists, the first are taken for the known ones. */
export function applyBaseline(
  diagnostics: readonly Diagnostic[],
  entries: readonly BaselineEntry[],
): BaselineOutcome {
  const left = new Map<string, number>();
  for (const { fingerprint, count } of entries) left.set(fingerprint, (left.get(fingerprint) ?? 0) + count);
  const remaining: Diagnostic[] = [];
  const known: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const fingerprint = fingerprintOf(diagnostic);
    const count = left.get(fingerprint) ?? 0;
    if (count > 0) left.set(fingerprint, count - 1);
    (count > 0 ? known : remaining).push(diagnostic);
  }
  const stale = entries.flatMap((entry) => {
    const count = Math.min(entry.count, left.get(entry.fingerprint) ?? 0);
    left.set(entry.fingerprint, (left.get(entry.fingerprint) ?? 0) - count);
    return count === 0 ? [] : [{ ...entry, count }];
  });
  return { remaining, known, stale };
}

/** Lists findings, sorted, so that the file changes only where they do. */
export function createBaseline(diagnostics: readonly Diagnostic[]): readonly BaselineEntry[] {
  const byFingerprint = new Map<string, BaselineEntry>();
  for (const diagnostic of diagnostics) {
    const { file, code } = diagnostic;
    const fingerprint = fingerprintOf(diagnostic);
    const count = (byFingerprint.get(fingerprint)?.count ?? 0) + 1;
    byFingerprint.set(fingerprint, { file, code, fingerprint, count });
  }
  return [...byFingerprint.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) || compareText(a.code, b.code) || compareText(a.fingerprint, b.fingerprint),
  );
}

/** Writes a baseline with one entry a line, so that branches merge. */
export function renderBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "formatVersion": 1,\n  "findings": ${list}\n}\n`;
}

/**
 * Reads what `renderBaseline` wrote.
 *
 * @throws ToolError `config-invalid` if it is anything else
 */
export function parseBaseline(file: string, bytes: Uint8Array): Baseline {
  const content = parseJson(new TextDecoder().decode(bytes));
  const findings = isJsonObject(content) && content['formatVersion'] === 1 ? content['findings'] : undefined;
  if (isJsonArray(findings) && findings.every(isEntry)) return { file, entries: findings };
  throw new ToolError('config-invalid', `"${file}" is no baseline that this version can read`, {
    hint: 'restore it, or write it anew: kustodian validate --write-baseline',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEntry(value: JsonValue): value is JsonValue & BaselineEntry {
  return (
    isJsonObject(value) &&
    [value['file'], value['code'], value['fingerprint']].every((member) => typeof member === 'string') &&
    Number.isInteger(value['count'])
  );
}
