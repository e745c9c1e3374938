import { joinPointer } from '../core/json-pointer.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { SourceDocument } from './source-document.ts';

/** What a schema says about one place, of all that conforming needs. */
interface Rule {
  readonly types: ReadonlySet<unknown>;
  readonly spellings: readonly string[];
  readonly properties: ReadonlyMap<string, Rule>;
  /** For members that are not in `properties`. */
  readonly members: Rule | undefined;
  readonly items: Rule | undefined;
}

/** Gives the data of a document as a schema means it. Pointers into it lead to the same places in the document. */
export type Conform = (document: SourceDocument) => unknown;

/**
 * Settles three things that an author need not care for, in a copy of the data:
 * - a scalar where the schema wants text is that text as written (`version: 1.10` is "1.10", `name: true` is "true");
 * - a value of an enumeration in another case becomes the schema's spelling (`severity: high` is "High");
 * - a known key without a value counts as left out.
 *
 * @param schema may use `allOf` and `$ref` to its own definitions; what depends on a condition is not looked at
 */
export function conformTo(schema: JsonObject): Conform {
  let root: Rule | undefined;
  return (document) => {
    root ??= readRule(schema, schema);
    return conform(document, root);
  };
}

function conform(document: SourceDocument, root: Rule): unknown {
  const path: (string | number)[] = [];
  const at = (token: string | number, value: unknown, rule: Rule | undefined): unknown => {
    if (rule === undefined) return value;
    path.push(token);
    const conformed = visit(value, rule);
    path.pop();
    return conformed;
  };
  const visit = (value: unknown, rule: Rule): unknown => {
    if (typeof value === 'string') return inSchemaSpelling(value, rule.spellings);
    if (typeof value === 'number' || typeof value === 'boolean') {
      return wantsText(rule, value)
        ? (document.scalarText(joinPointer('', ...path)) ?? String(value))
        : value;
    }
    if (isJsonArray(value)) return value.map((item, index) => at(index, item, rule.items));
    if (!isJsonObject(value)) return value;
    const members: [string, unknown][] = [];
    for (const [key, member] of Object.entries(value)) {
      const known = rule.properties.get(key);
      if (known === undefined || member !== null) members.push([key, at(key, member, known ?? rule.members)]);
    }
    return Object.fromEntries(members);
  };
  return visit(document.data, root);
}

function wantsText({ types }: Rule, value: number | boolean): boolean {
  const fits = typeof value === 'number' ? types.has('number') || types.has('integer') : types.has('boolean');
  return types.has('string') && !fits;
}

function inSchemaSpelling(value: string, spellings: readonly string[]): string {
  if (spellings.length === 0 || spellings.includes(value)) return value;
  const wanted = value.trim().toLowerCase();
  return spellings.find((spelling) => spelling.toLowerCase() === wanted) ?? value;
}

function readRule(schema: JsonObject, whole: JsonObject): Rule {
  const parts = partsOf(schema, whole);
  const child = (key: string): Rule | undefined => {
    const part = parts.find((each) => isJsonObject(each[key]));
    return part && readRule(part[key] as JsonObject, whole);
  };
  const properties = parts.flatMap((part) =>
    Object.entries(isJsonObject(part['properties']) ? part['properties'] : {}),
  );
  return {
    types: new Set(parts.flatMap(({ type }) => (typeof type === 'string' ? [type] : listOf(type)))),
    spellings: parts.flatMap((part) => listOf(part['enum'])).filter((each) => typeof each === 'string'),
    properties: new Map(
      properties.map(([key, property]) => [key, readRule(isJsonObject(property) ? property : {}, whole)]),
    ),
    members: child('additionalProperties'),
    items: child('items'),
  };
}

/** A schema and all that it refers to or holds in `allOf`. Our schemas refer to `#/definitions/<name>` only. */
function partsOf(schema: JsonObject, whole: JsonObject): readonly JsonObject[] {
  const { $ref: reference, allOf } = schema;
  const definitions = whole['definitions'];
  const name = typeof reference === 'string' ? reference.slice('#/definitions/'.length) : '';
  const target = isJsonObject(definitions) ? definitions[name] : undefined;
  const others = [target, ...listOf(allOf)].filter(isJsonObject);
  return [schema, ...others.flatMap((other) => partsOf(other, whole))];
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}
