import { compareDiagnostics, type Diagnostic } from '../core/diagnostic.ts';
import { explainViolations } from './explain-violations.ts';
import { toDiagnostic } from './finding.ts';
import { documentSchemas, type SchemaName } from './schemas.ts';
import type { SourceDocument } from './source-document.ts';

/** A document judged by its schema. */
export interface ReadDocument {
  /** The data as the schema means it (see conformTo): of the schema's types if `diagnostics` holds no error. */
  readonly data: unknown;
  /** One for each mistake, at its place, sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Judges a document by a schema and gives its data as the schema means it. Never throws on data. */
export function readDocument(document: SourceDocument, schemaName: SchemaName): ReadDocument {
  const { schema, conform, validate } = documentSchemas[schemaName];
  const data = conform(document);
  const findings = explainViolations(validate(data), schema, data, document);
  const diagnostics = findings.map((finding) => toDiagnostic(document, finding));
  return { data, diagnostics: diagnostics.sort(compareDiagnostics) };
}

/** What a schema finds wrong in a document. */
export function validateDocument(document: SourceDocument, schemaName: SchemaName): Diagnostic[] {
  return [...readDocument(document, schemaName).diagnostics];
}
