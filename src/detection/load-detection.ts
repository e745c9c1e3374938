import { compareDiagnostics, hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import type { AuthoredDetection } from './authored-detection.ts';
import { findIneffectiveKeys } from './find-ineffective-keys.ts';
import { toDiagnostic, type Finding } from './finding.ts';
import type { LoadResult } from './loaded-detection.ts';
import { normaliseDetection } from './normalise-detection.ts';
import { normaliseTactics } from './normalise-tactics.ts';
import { parseYaml } from './parse-yaml.ts';
import { readDocument } from './schema-diagnostics.ts';
import { documentSchemas } from './schemas.ts';
import type { SourceDocument } from './source-document.ts';

/** What a file that only says that its detection moved may hold. */
const stubKeys = new Set(['id', 'name', 'description', 'version', 'status', 'tags', 'metadata']);

/**
 * Reads a detection in the community format: YAML, schema, then one spelling of everything. It never throws on content; what
 * is wrong comes back as diagnostics, each at its place.
 *
 * @param file how findings shall name it
 */
export function loadDetection(file: string, bytes: Uint8Array): LoadResult {
  const { document, diagnostics: syntax } = parseYaml(file, bytes);
  if (document === undefined) return { type: 'invalid', file, diagnostics: syntax };
  if (isStub(document.data)) return { type: 'stub', file, diagnostics: [nothingToDeploy(document)] };

  const read = readDocument(document, 'detection');
  const isHunting = isJsonObject(read.data) && read.data['kind'] === undefined;
  const { tactics, findings } = normaliseTactics(memberOf(read.data, 'tactics'), isHunting);
  const place = (found: readonly Finding[]): Diagnostic[] =>
    found.map((each) => toDiagnostic(document, each));
  const diagnostics = [...read.diagnostics, ...place(findings)];
  if (hasErrors(read.diagnostics)) {
    return { type: 'invalid', file, diagnostics: diagnostics.sort(compareDiagnostics) };
  }

  const normalised = normaliseDetection(read.data as AuthoredDetection, tactics, document); // says the schema
  const { detection, origins } = normalised;
  const ineffective = findIneffectiveKeys(read.data as JsonObject, detection.kind, isKnownKey);
  diagnostics.push(...place([...normalised.findings, ...ineffective]));
  diagnostics.sort(compareDiagnostics);
  if (hasErrors(diagnostics)) return { type: 'invalid', file, diagnostics };
  const loaded = {
    file,
    document,
    detection,
    spanOf: (pointer: string, part?: 'value' | 'key') => document.spanOf(origins.resolve(pointer), part),
  };
  return { type: 'detection', loaded, diagnostics };
}

function isStub(data: unknown): boolean {
  return (
    isJsonObject(data) &&
    typeof data['description'] === 'string' &&
    Object.keys(data).every((key) => stubKeys.has(key))
  );
}

/** A forgotten query looks just like a detection that moved away, so it is said. */
function nothingToDeploy(document: SourceDocument): Diagnostic {
  return toDiagnostic(document, {
    code: 'nothing-to-deploy',
    severity: 'warning',
    message: 'this file has neither a query nor a kind, so nothing is deployed for it',
    hint: 'write its query, or delete the file if the detection moved elsewhere',
    pointer: '/query',
    part: 'value',
  });
}

function isKnownKey(key: string): boolean {
  const { properties } = documentSchemas.detection.schema;
  return isJsonObject(properties) && Object.hasOwn(properties, key);
}

function memberOf(data: unknown, key: string): unknown {
  return isJsonObject(data) ? data[key] : undefined;
}
