import type { EngineColumn, RowSet } from '../../engine/scope.ts';
import { datetimeToText } from '../../engine/datetime-text.ts';
import { valueToText } from '../../engine/value-text.ts';
import type { NodeType } from '../../kql/query-node.ts';
import { quoteString } from '../../compile/kql-literal.ts';
import { ingestionColumn, type QueryWindow } from '../sentinel/query-window.ts';
import { kqlTypeOf, toKqlValue } from './kql-value.ts';

/** Something that a query reads and a scenario gives, under the name that stands for it in the emitted query. */
export type GivenSource =
  | {
      readonly kind: 'rows';
      readonly letName: string;
      /** What the query may see, in order; the fixture may have fewer, and of an open source more. */
      readonly columns: readonly EngineColumn[];
      readonly isOpen: boolean;
      readonly rows: RowSet;
      /** What the service lets through; undefined where it bounds nothing. */
      readonly window?: QueryWindow | undefined;
    }
  | {
      /** A scalar function of which nobody knows the body: the fixture says what it gives for which arguments. */
      readonly kind: 'function';
      readonly letName: string;
      readonly parameters: string;
      readonly parameterNames: readonly string[];
      readonly type: NodeType;
      readonly rows: RowSet;
    };

/** How wide the rows are written: with the columns that are read (by name), or with every column of their table. */
export interface SourceWidth {
  readonly isWhole: boolean;
  readonly isRead: (column: string) => boolean;
  /** Columns that no schema lists and the query reads, of sources that may have any. */
  readonly unlisted: readonly string[];
}

/** The statement that declares a source. */
export function declareSource(source: GivenSource, width: SourceWidth): string {
  const name = quoteName(source.letName);
  return source.kind === 'rows'
    ? `let ${name} = ${tableText(source, width)};`
    : `let ${name} = (${source.parameters}) {\n${choiceText(source)}\n};`;
}

/** A name as KQL takes it anywhere. */
export function quoteName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `[${quoteString(name)}]`;
}

type RowsSource = Extract<GivenSource, { kind: 'rows' }>;

function tableText(source: RowsSource, width: SourceWidth): string {
  const { rows: given, window } = source;
  const all = columnsOf(source, width);
  const isGiven = new Set(given.columns.map(({ name }) => name));
  const hasIngestion = window?.by === 'ingestion time' && isGiven.has(ingestionColumn);
  const written = all.filter(({ name }) => isGiven.has(name) || (!width.isWhole && width.isRead(name)));
  const columns = hasIngestion
    ? [...written, { name: ingestionColumn, type: 'datetime' as const }]
    : written.length > 0
      ? written
      : all.slice(0, 1);
  const schema = columns.map(({ name, type }) => `${quoteName(name)}:${kqlTypeOf(type)}`).join(', ');
  const places = columns.map(({ name }) => given.columns.findIndex((column) => column.name === name));
  const lines = given.rows.map(
    (row) =>
      `    ${columns.map(({ type }, index) => toKqlValue(type, row[places[index] ?? -1] ?? null)).join(', ')}`,
  );
  const body = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;
  return [
    `datatable(${schema})${body}`,
    ...windowText(window, columns),
    ...(width.isWhole
      ? [projectText(all, columns)]
      : hasIngestion
        ? [`| project-away ${ingestionColumn}`]
        : []),
  ].join('\n');
}

/** What the schema lists, what the fixture adds to an open one, and what the query names beyond both. */
function columnsOf(
  { columns, isOpen, rows }: RowsSource,
  { unlisted }: SourceWidth,
): readonly EngineColumn[] {
  if (!isOpen) return columns;
  const more = [
    ...rows.columns,
    ...unlisted.map((name): EngineColumn => ({ name, type: typeByEnding(name) })),
  ];
  const known = new Map(columns.map((column) => [column.name, column]));
  for (const column of more) {
    if (column.name !== ingestionColumn && !known.has(column.name)) known.set(column.name, column);
  }
  return [...known.values()];
}

/** The columns of custom logs end in the letter of their type. */
function typeByEnding(name: string): NodeType {
  const types: Readonly<Record<string, NodeType>> = { b: 'bool', d: 'real', g: 'guid', t: 'datetime' };
  return types[/_([a-z])$/.exec(name)?.[1] ?? ''] ?? 'string';
}

function windowText(window: QueryWindow | undefined, columns: readonly EngineColumn[]): readonly string[] {
  const has = (wanted: string): boolean => columns.some(({ name }) => name === wanted);
  if (window === undefined || !has('TimeGenerated')) return [];
  const isIngested = window.by === 'ingestion time' && has(ingestionColumn);
  const time = isIngested ? `coalesce(${ingestionColumn}, TimeGenerated)` : 'TimeGenerated';
  const literal = (value: QueryWindow['start']): string => `datetime(${datetimeToText(value)})`;
  return [`| where ${time} >= ${literal(window.start)} and ${time} < ${literal(window.end)}`];
}

/** Every column in the order of the schema; those that no row has are empty. */
function projectText(all: readonly EngineColumn[], given: readonly EngineColumn[]): string {
  const isGiven = new Set(given.map(({ name }) => name));
  const items = all.map(({ name, type }) => {
    const quoted = quoteName(name);
    return isGiven.has(name) ? quoted : `${quoted} = ${toKqlValue(type, null)}`;
  });
  return `| project ${items.join(', ')}`;
}

/** The value of the first row of the fixture that agrees with the arguments, as texts. */
function choiceText({
  parameterNames,
  rows: { columns, rows },
  type,
}: Extract<GivenSource, { kind: 'function' }>): string {
  const result = columns.findIndex(({ name }) => name === 'result');
  const keys = columns.flatMap(({ name }, index) => (parameterNames.includes(name) ? [{ name, index }] : []));
  const cases = rows.flatMap((row) => {
    const conditions = keys.map(
      ({ name, index }) => `tostring(${quoteName(name)}) == ${quoteString(valueToText(row[index] ?? null))}`,
    );
    const bag = columns.flatMap(({ name }, index): (readonly [string, RowSet['rows'][number][number]])[] => {
      const value = row[index] ?? null;
      return parameterNames.includes(name) || value === null ? [] : [[name, value]];
    });
    const value = result >= 0 ? (row[result] ?? null) : new Map(bag);
    return [
      `    ${conditions.length === 0 ? 'true' : conditions.join(' and ')}, ${toKqlValue(type, value)},`,
    ];
  });
  const otherwise = toKqlValue(type, null);
  return cases.length === 0 ? `    ${otherwise}` : `    case(\n${cases.join('\n')}\n    ${otherwise})`;
}
