import { isJsonArray, isJsonObject, type JsonObject } from '../../core/json.ts';
import type { EmulatorSettings } from '../settings.ts';

/** What the service says after it has run the query of an alert rule; undefined if it is content, or nobody looks. */
export async function queryFault(
  properties: JsonObject,
  { inspectQuery }: EmulatorSettings,
): Promise<string | undefined> {
  const { query, entityMappings } = properties;
  if (inspectQuery === undefined || typeof query !== 'string') return undefined;
  const { missingTable, error, columns } = await inspectQuery(query);
  if (error !== undefined) return semanticError(error);
  if (missingTable === true)
    return 'Failed to run the analytics rule query. One of the tables does not exist.';
  if (columns === undefined) return undefined;
  const missing = mappedColumns(entityMappings).find((column) => !columns.includes(column));
  return missing === undefined
    ? undefined
    : `Error in EntityMappings: The given column '${missing}' does not exist.`;
}

/** The service quotes the whole answer of the query engine. */
function semanticError(error: { readonly code: string; readonly message: string }): string {
  const answer = {
    error: {
      message: 'The request had some invalid properties',
      code: 'BadArgumentError',
      innererror: { code: 'SemanticError', message: 'A semantic error occurred.', innererror: error },
    },
  };
  return `FailedToResolveScalarExpression; Message: ${JSON.stringify(answer)}`;
}

function mappedColumns(entityMappings: JsonObject[string]): readonly string[] {
  return objectsOf(entityMappings)
    .flatMap((mapping) => objectsOf(mapping['fieldMappings']))
    .map((field) => field['columnName'])
    .filter((column) => typeof column === 'string');
}

function objectsOf(value: JsonObject[string]): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
