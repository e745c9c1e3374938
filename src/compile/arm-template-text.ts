import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';

/**
 * Makes a value mean itself in an ARM template. Resource Manager evaluates a text that begins with `[` and ends with `]`,
 * and takes one bracket away from a text that also begins with `[[`; any other text it leaves as it is, so an escape there
 * would stay (learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters).
 */
export function escapeTemplateText(value: JsonObject): JsonObject;
export function escapeTemplateText(value: JsonValue): JsonValue;
export function escapeTemplateText(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.startsWith('[') && value.endsWith(']') ? `[${value}` : value;
  if (isJsonArray(value)) return value.map((item) => escapeTemplateText(item));
  if (!isJsonObject(value)) return value;
  // Keys are left alone: those that authors choose, the custom details, begin with a letter.
  const members = Object.entries(value).map(([key, member]): [string, JsonValue | undefined] => [
    key,
    member === undefined ? undefined : escapeTemplateText(member),
  ]);
  return Object.fromEntries(members);
}

/** A text as a literal within a template expression. */
export function quoteInExpression(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
