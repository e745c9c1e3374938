import type { Column, ScalarType, TabularShape } from './workspace-schema.ts';

const scalarTypes: Readonly<Record<string, ScalarType>> = {
  bigint: 'long',
  bool: 'bool',
  boolean: 'bool',
  date: 'datetime',
  datetime: 'datetime',
  decimal: 'decimal',
  double: 'real',
  dynamic: 'dynamic',
  guid: 'guid',
  int: 'int',
  long: 'long',
  real: 'real',
  string: 'string',
  time: 'timespan',
  timespan: 'timespan',
};

/** The types of KQL, each once. */
export const scalarTypeNames: readonly ScalarType[] = [...new Set(Object.values(scalarTypes))].sort();

/** The KQL type that a type name in any of its spellings (`Boolean`, `double`) means, or undefined. */
export function toScalarType(name: string): ScalarType | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(scalarTypes, key) ? scalarTypes[key] : undefined;
}

/**
 * Reads the compact form of the files in schemas/tables/: column names between spaces, each followed by its type unless
 * that is string (`Account EventID:int TimeGenerated:datetime`). The files are our own, so a wrong type is a defect.
 */
export function parseColumns(text: string): readonly Column[] {
  if (text === '') return [];
  return text.split(' ').map((part) => {
    const colon = part.indexOf(':');
    return colon === -1
      ? { name: part, type: 'string' }
      : { name: part.slice(0, colon), type: part.slice(colon + 1) as ScalarType };
  });
}

/** Writes columns in the compact form. */
export function formatColumns(columns: readonly Column[]): string {
  return columns.map(({ name, type }) => (type === 'string' ? name : `${name}:${type}`)).join(' ');
}

/**
 * Gives an object the columns that lists in the compact form name together. They are read when first asked for: a query
 * touches a few of a thousand tables.
 */
export function withColumns<Base extends object>(
  base: Base,
  ...lists: readonly (string | undefined)[]
): Base & Pick<TabularShape, 'columns'> {
  let columns: readonly Column[] | undefined;
  return {
    ...base,
    get columns() {
      columns ??= joinColumns(...lists.map((list) => parseColumns(list ?? '')));
      return columns;
    },
  };
}

/** Appends lists of columns; of a name that occurs again the first is kept. */
export function joinColumns(...lists: readonly (readonly Column[])[]): readonly Column[] {
  const byName = new Map<string, Column>();
  for (const column of lists.flat()) {
    if (!byName.has(column.name)) byName.set(column.name, column);
  }
  return [...byName.values()];
}
