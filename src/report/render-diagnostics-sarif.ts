import type { CodeInfo } from '../core/code-info.ts';
import {
  compareDiagnostics,
  compareText,
  type Diagnostic,
  type RelatedSpan,
  type Severity,
  type SourceSpan,
} from '../core/diagnostic.ts';
import { fingerprintOf } from '../core/fingerprint.ts';
import { renderCodeMarkdown, renderCodeText } from './render-code.ts';
import { plainPalette } from './palette.ts';

/** What the SARIF log says of the tool and of the codes. */
export interface SarifOptions {
  readonly version: string;
  /** Every code that there is; those that occur become rules. */
  readonly codes: ReadonlyMap<string, CodeInfo>;
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Diagnostics as a SARIF 2.1.0 log, for code scanning. A result's fingerprint does not depend on its line, so that a finding
 * stays the same alert when lines above it come or go. It has a name of our own: GitHub's uploader computes
 * `primaryLocationLineHash` itself and warns of one that is not its own.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderDiagnosticsSarif(
  diagnostics: readonly Diagnostic[],
  { version, codes }: SarifOptions,
): string {
  const occurring = [...new Set(diagnostics.map(({ code }) => code))].sort(compareText);
  const ruleIndexes = new Map(occurring.map((code, index) => [code, index]));
  const countEqual = createCounter();
  const results = [...diagnostics].sort(compareDiagnostics).map((diagnostic) => ({
    ruleId: diagnostic.code,
    ruleIndex: ruleIndexes.get(diagnostic.code),
    level: levels[diagnostic.severity],
    message: { text: messageOf(diagnostic) },
    locations: [{ physicalLocation: toPhysicalLocation(diagnostic) }],
    ...relatedLocations(diagnostic.related),
    partialFingerprints: { 'kustodianFinding/v1': countEqual(fingerprintOf(diagnostic)) },
  }));
  const driver = {
    name: 'Kustodian',
    semanticVersion: version,
    rules: occurring.map((code) => toRule(code, codes.get(code))),
  };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toRule(code: string, info: CodeInfo | undefined): object {
  if (info === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: info.summary },
    fullDescription: { text: info.rationale },
    help: { text: renderCodeText(info, plainPalette), markdown: renderCodeMarkdown(info) },
    defaultConfiguration: { level: levels[info.severity] },
  };
}

function messageOf({ message, hint }: Diagnostic): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}

function toPhysicalLocation({ file, span }: Diagnostic | RelatedSpan): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  const artifactLocation = { uri, uriBaseId: '%SRCROOT%' };
  return span === undefined ? { artifactLocation } : { artifactLocation, region: toRegion(span) };
}

function toRegion({ start, end }: SourceSpan): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function relatedLocations(related: readonly RelatedSpan[] = []): object {
  if (related.length === 0) return {};
  return {
    relatedLocations: related.map((place, id) => ({
      id,
      message: { text: place.message },
      physicalLocation: toPhysicalLocation(place),
    })),
  };
}

/** Tells equal fingerprints apart by their order in the log. */
function createCounter(): (fingerprint: string) => string {
  const seen = new Map<string, number>();
  return (fingerprint) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return `${fingerprint}:${count}`;
  };
}
