import { loadDetection } from '../../src/detection/load-detection.ts';
import type { LoadedDetection, LoadResult } from '../../src/detection/loaded-detection.ts';
import { parseYaml } from '../../src/detection/parse-yaml.ts';
import type { ParsedDocument, SourceDocument } from '../../src/detection/source-document.ts';
import type { Diagnostic, SourceSpan } from '../../src/core/diagnostic.ts';

/** Where the loaders are told that a text comes from. */
export const testFile = 'detections/test.yaml';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function parseText(text: string): ParsedDocument {
  return parseYaml(testFile, bytesOf(text));
}

/** The document of a text in which the YAML parser finds nothing wrong. */
export function documentOf(text: string): SourceDocument {
  const { document, diagnostics } = parseText(text);
  if (document === undefined) throw new Error(JSON.stringify(diagnostics));
  return document;
}

export function loadText(text: string): LoadResult {
  return loadDetection(testFile, bytesOf(text));
}

/** The detection of a text in which the loader finds no error. */
export function loadedOf(text: string): LoadedDetection {
  const result = loadText(text);
  if (result.type !== 'detection') throw new Error(`${result.type}: ${JSON.stringify(result.diagnostics)}`);
  return result.loaded;
}

/** `line:column-line:column`, as people read it. */
export function placeOf(span: SourceSpan | undefined): string {
  if (span === undefined) return 'nowhere';
  const { start, end } = span;
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

/** The part of a text that a span covers. */
export function cut(text: string, span: SourceSpan): string {
  return text.slice(span.start.offset, span.end.offset);
}

/** `severity code place message` for each finding. */
export function summarise(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(
    ({ severity, code, span, message }) => `${severity} ${code} ${placeOf(span)} ${message}`,
  );
}

/** A Scheduled detection with the keys it needs. */
export const scheduledYaml = `id: 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11
name: Sign-in from a blocked country
severity: High
query: |
  SigninLogs
  | take 1
kind: Scheduled
queryFrequency: 1h
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
`;
/** A hunting query with the keys it needs. */
export const huntingYaml = `id: 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11
name: Sign-ins
query: SigninLogs
`;

/** Replaces what YAML a detection has for a key that stands on one line. */
export function withKey(text: string, key: string, yaml: string): string {
  return text.replace(new RegExp(`^${key}: .*$`, 'm'), `${key}: ${yaml}`);
}
