import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isJsonObject, type JsonObject } from './json.ts';

/** One way in which a value breaks its schema. */
export interface SchemaViolation {
  /** JSON pointer of the value that is wrong; for `required` and `additionalProperties`, of the object around the key. */
  readonly pointer: string;
  /** The JSON Schema keyword that failed. */
  readonly keyword: string;
  /** What the keyword says of itself: `missingProperty`, `additionalProperty`, `allowedValues`, `type`, `limit` … */
  readonly params: JsonObject;
  readonly message: string;
  /** The subschema that holds the keyword: its titles, its other keywords. */
  readonly schema: JsonObject;
}

/** Gives every violation of a schema, in the order of the schema; none if the data is valid. It never throws on data. */
export type SchemaValidator = (data: unknown) => readonly SchemaViolation[];

/** Keywords that carry no rule: those of VS Code's language services, and those of ours that schema-diagnostics reads. */
const annotations = [
  'defaultSnippets',
  'diagnosticCode',
  'diagnosticMessage',
  'doNotSuggest',
  'enumDescriptions',
  'errorMessage',
  'markdownDescription',
  'markdownEnumDescriptions',
  'patternErrorMessage',
];

/** Says only that a part failed that reports for itself. */
const echoes = new Set(['if']);

/**
 * Makes a validator of a draft-07 schema. The schema is compiled at the first call, so that a validator that is not used
 * costs nothing. A faulty schema throws then.
 */
export function compileSchema(schema: JsonObject): SchemaValidator {
  let validate: ValidateFunction | undefined;
  return (data) => {
    validate ??= createAjv().compile(schema);
    if (validate(data)) return [];
    return (validate.errors ?? []).filter(isOwnFailure).map(toViolation);
  };
}

/** A parameter of a violation that is text by the definition of its keyword; empty if it has none of that name. */
export function textParameter({ params }: SchemaViolation, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

function createAjv(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    // The schemas are our own and a test holds them against draft-07: at each start that would cost 100 ms.
    validateSchema: false,
    verbose: true,
    strictTypes: false,
    logger: false,
    keywords: annotations,
  });
  addFormats.default(ajv);
  return ajv;
}

/** A key name that breaks `propertyNames` is reported there; the failure of the inner schema says it again. */
function isOwnFailure(error: ErrorObject): boolean {
  return (
    !echoes.has(error.keyword) && (error.keyword === 'propertyNames' || error.propertyName === undefined)
  );
}

function toViolation(error: ErrorObject): SchemaViolation {
  const schema: unknown = error.parentSchema;
  return {
    pointer: error.instancePath,
    keyword: error.keyword,
    params: error.params as JsonObject,
    message: error.message ?? error.keyword,
    schema: isJsonObject(schema) ? schema : {},
  };
}
