import type { Diagnostic } from '../core/diagnostic.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { nearestName } from '../core/nearest-name.ts';
import { convertTo, emptyOf } from '../engine/convert.ts';
import { parseTimespan } from '../engine/timespan-text.ts';
import { Datetime, datetimeOf } from '../engine/value.ts';
import type { Row, Value } from '../engine/value.ts';
import type { EngineColumn, RowSet } from '../engine/scope.ts';
import type { NodeType } from '../kql/query-node.ts';
import { readFixtureValue } from './fixture-value.ts';
import type { Place, RowSource } from './row-source.ts';

/** What the rows of a table, watchlist, function or address may hold. */
export interface FixtureShape {
  /** `SigninLogs`, or for messages `watchlist VIPUsers`. */
  readonly name: string;
  readonly columns: readonly EngineColumn[];
  /** Other columns may be there too. */
  readonly isOpen: boolean;
  /** True of a table of the workspace: its rows have a time, and their type is its name. */
  readonly isTable: boolean;
}

/** Rows with the place of each. */
export interface Fixture {
  readonly rows: RowSet;
  readonly places: readonly Place[];
}

/** 30 s: a row without a time lies in every window that ends now, that of a near-real-time run included. */
const defaultAgeTicks = 300_000_000n;

/**
 * Gives rows their types by a shape. A column that the shape lacks and a value of the wrong type are diagnostics at their
 * place, so that a misspelt name does not pass as an empty column.
 *
 * @param defaults values that each row has unless it gives its own
 */
export function buildFixture(
  shape: FixtureShape,
  sources: readonly RowSource[],
  now: Datetime,
  defaults: JsonObject = {},
): { readonly fixture: Fixture; readonly diagnostics: readonly Diagnostic[] } {
  const builder = new FixtureBuilder(shape, now);
  for (const source of sources) builder.add(source, defaults);
  return { fixture: builder.build(), diagnostics: builder.diagnostics };
}

class FixtureBuilder {
  readonly diagnostics: Diagnostic[] = [];
  readonly #shape: FixtureShape;
  readonly #now: Datetime;
  readonly #known: ReadonlyMap<string, NodeType>;
  readonly #used = new Map<string, NodeType>();
  readonly #rows: ReadonlyMap<string, Value>[] = [];
  readonly #places: Place[] = [];

  constructor(shape: FixtureShape, now: Datetime) {
    this.#shape = shape;
    this.#now = now;
    this.#known = new Map(shape.columns.map(({ name, type }) => [name, type]));
  }

  add(source: RowSource, defaults: JsonObject): void {
    const { $repeat: repeat, $every: every, ...own } = source.values;
    const authored = { ...defaults, ...own };
    const count = typeof repeat === 'number' ? repeat : 1;
    const step = (typeof every === 'string' ? parseTimespan(every)?.ticks : undefined) ?? 0n;
    const place = source.placeOf();
    for (let index = 0; index < count; index++) {
      const numbered = repeat === undefined ? authored : withNumber(authored, index + 1);
      const before = this.diagnostics.length;
      this.#rows.push(shift(this.#readRow(source, numbered), step * BigInt(index)));
      this.#places.push(place);
      if (this.diagnostics.length > before) return; // the others would say the same
    }
  }

  build(): Fixture {
    const columns = [...this.#used].map(([name, type]) => ({ name, type }));
    const rows = this.#rows.map((row): Row =>
      columns.map(({ name, type }) => row.get(name) ?? emptyOf(type)),
    );
    return { rows: { columns, rows }, places: this.#places };
  }

  #readRow(source: RowSource, authored: JsonObject): ReadonlyMap<string, Value> {
    const row = new Map<string, Value>();
    for (const [name, value] of Object.entries(authored)) {
      const type = this.#known.get(name) ?? (this.#shape.isOpen ? guessType(value, source) : undefined);
      if (type === undefined) {
        this.diagnostics.push(this.#unknownColumn(name, source));
        continue;
      }
      this.#used.set(name, this.#used.get(name) ?? type);
      const read = readFixtureValue(type, fromText(type, value, source), this.#now);
      if ('value' in read) {
        row.set(name, read.value);
      } else {
        const { file, span } = source.placeOf(name);
        const message = `${name} of ${this.#shape.name}: ${read.problem}`;
        this.diagnostics.push({
          code: 'fixture-type',
          severity: 'error',
          message,
          file,
          span,
          hint: read.hint,
        });
      }
    }
    if (this.#shape.isTable) this.#addStandardColumns(row);
    return row;
  }

  /** A workspace has no row without a time and a type. Tables of Defender have their time twice. */
  #addStandardColumns(row: Map<string, Value>): void {
    const add = (name: string, value: Value): void => {
      const type = this.#known.get(name);
      if (type === undefined || row.has(name)) return;
      row.set(name, value);
      this.#used.set(name, type);
    };
    add('TimeGenerated', row.get('Timestamp') ?? new Datetime(this.#now.ticks - defaultAgeTicks));
    add('Timestamp', row.get('TimeGenerated') ?? null);
    add('Type', this.#shape.name);
  }

  #unknownColumn(name: string, source: RowSource): Diagnostic {
    const { file, span } = source.placeOf(name);
    const nearest = nearestName(name, this.#known.keys());
    return {
      code: 'fixture-unknown-column',
      severity: 'error',
      message: `${this.#shape.name} has no column "${name}"`,
      file,
      span,
      hint:
        nearest === undefined
          ? 'a column of your own is described under schemas/tables/custom/'
          : `did you mean "${nearest}"?`,
    };
  }
}

/** A row of a file that is all text holds truth values as words, and dynamic ones as JSON of any kind. */
function fromText(type: NodeType, value: JsonValue | undefined, { isText }: RowSource): unknown {
  if (!isText) return value;
  if (value === '') return null;
  return type === 'bool' && typeof value === 'string' ? convertTo('bool', value) : value;
}

/** The type of a column that no schema lists, as the ingestion of a custom log would choose it. */
function guessType(value: JsonValue | undefined, { isText }: RowSource): NodeType {
  if (isText || typeof value === 'string' || value === null || value === undefined) return 'string';
  if (typeof value === 'number') return 'real';
  return typeof value === 'boolean' ? 'bool' : 'dynamic';
}

/** Later rows of a repeated one are later in every time that they hold. */
function shift(row: ReadonlyMap<string, Value>, ticks: bigint): ReadonlyMap<string, Value> {
  if (ticks === 0n) return row;
  return new Map(
    [...row].map(([name, value]) => [
      name,
      value instanceof Datetime ? datetimeOf(value.ticks + ticks) : value,
    ]),
  );
}

function withNumber(values: JsonObject, number: number): JsonObject {
  const fill = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return value.replaceAll('{n}', String(number));
    if (isJsonArray(value)) return value.map(fill);
    return isJsonObject(value) ? withNumber(value, number) : value;
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === undefined ? undefined : fill(value)]),
  );
}
