import benignSchema from '../../schemas/benign.schema.json' with { type: 'json' };
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import detectionSchema from '../../schemas/detection.schema.json' with { type: 'json' };
import tablesSchema from '../../schemas/tables.schema.json' with { type: 'json' };
import testsSchema from '../../schemas/tests.schema.json' with { type: 'json' };
import type { JsonObject } from '../core/json.ts';
import { compileSchema, type SchemaValidator } from '../core/json-schema.ts';
import { conformTo, type Conform } from './conform-to-schema.ts';

/** The YAML files that people write. */
export type SchemaName = 'detection' | 'tests' | 'benign' | 'config' | 'tables';

/** A schema and what is made of it at first use. */
export interface DocumentSchema {
  readonly schema: JsonObject;
  readonly conform: Conform;
  readonly validate: SchemaValidator;
}

/** The schemas of the YAML files; editors use the same. */
export const documentSchemas: Readonly<Record<SchemaName, DocumentSchema>> = {
  detection: toDocumentSchema(detectionSchema),
  tests: toDocumentSchema(testsSchema),
  benign: toDocumentSchema(benignSchema),
  config: toDocumentSchema(configSchema),
  tables: toDocumentSchema(tablesSchema),
};

function toDocumentSchema(schema: JsonObject): DocumentSchema {
  return { schema, conform: conformTo(schema), validate: compileSchema(schema) };
}
