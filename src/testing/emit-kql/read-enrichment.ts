import { convertTo, emptyOf } from '../../engine/convert.ts';
import type { RowSet } from '../../engine/scope.ts';
import { valueToText } from '../../engine/value-text.ts';
import type { Row } from '../../engine/value.ts';
import { argumentsOf, type QueryNode } from '../../kql/query-node.ts';

/** The column of the rows of an enrichment that is looked up. */
export const enrichmentKey = 'Key_';

/**
 * What a function adds to the rows that are piped into it, as rows to look up: the key first, and then the columns that it
 * adds. As in the engine, the first row of a key counts, and the fixture's key may be called as the end of the column's name.
 * undefined where the key or the columns are not known before the query runs.
 */
export function readEnrichment(
  operator: QueryNode,
  call: QueryNode,
  given: RowSet,
): (RowSet & { readonly key: string }) | undefined {
  const input = operator.parent?.part('Expression')?.rows;
  const key = keyOf(call);
  if (key === undefined || input === undefined || input.isOpen || call.rows === undefined) return undefined;
  const isOwn = (wanted: string): boolean => input.columns.some(({ name }) => name === wanted);
  const added = call.rows.columns.filter(({ name }) => !isOwn(name));
  const ends = given.columns.filter(({ name }) => key.endsWith(name)).map(({ name }) => name);
  const place = given.columns.findIndex(({ name }) => name === (ends.includes(key) ? key : ends[0]));
  const rows = new Map<string, Row>();
  for (const row of given.rows) {
    const text = valueToText(row[place] ?? null);
    const values = added.map(({ name, type }) => {
      const value = row[given.columns.findIndex((column) => column.name === name)];
      return convertTo(type, value ?? emptyOf(type));
    });
    if (!rows.has(text)) rows.set(text, [text, ...values]);
  }
  return { key, columns: [{ name: enrichmentKey, type: 'string' }, ...added], rows: [...rows.values()] };
}

/** The column that a call names, as a name or as a text; else the function's default. */
function keyOf(call: QueryNode): string | undefined {
  const [argument] = argumentsOf(call);
  if (argument?.kind === 'NameReference') return argument.name;
  if (typeof argument?.constant === 'string') return argument.constant;
  return argument ? undefined : /^"(.*)"$/.exec(call.calledParameters.at(1)?.fallback ?? '')?.[1];
}
