import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { JsonObject } from '../core/json.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import { emptyOf } from '../engine/convert.ts';
import type { Datetime } from '../engine/value.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import type { AuthoredFixtures } from './authored-tests.ts';
import { buildFixture, type Fixture } from './build-fixture.ts';
import {
  externalShape,
  functionShape,
  tableShape,
  watchlistShape,
  type ShapeResult,
} from './fixture-shapes.ts';
import { foreignTableKey, parseForeignTable } from './foreign-table.ts';
import type { FixtureFiles } from './load-tests.ts';
import { readRowSources } from './row-source.ts';
import type { Fixtures } from './scenario.ts';

/** A place that gives rows: the defaults of a file, a scenario, a file of benign rows. */
export interface FixtureOwner {
  readonly document: SourceDocument;
  readonly pointer: string;
  readonly authored: AuthoredFixtures;
  /** Values that each row of a table has unless it gives its own, by table. */
  readonly columns?: Readonly<Record<string, JsonObject>> | undefined;
}

/** What rows are read with. */
export interface FixtureContext {
  readonly schema: WorkspaceSchema;
  readonly files: FixtureFiles;
  /** What relative times count from. */
  readonly now: Datetime;
}

/**
 * The rows of several owners together: those of a table follow each other, and of anything else the last owner's stand.
 * Everything that is wrong with them is said, at its place.
 */
export function readFixtures(
  owners: readonly FixtureOwner[],
  { schema, files, now }: FixtureContext,
): { readonly fixtures: Fixtures; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const collect = (
    key: keyof AuthoredFixtures,
    shapeOf: (name: string) => ShapeResult,
    merge: (earlier: Fixture, later: Fixture) => Fixture = (_earlier, later) => later,
  ): ReadonlyMap<string, Fixture> => {
    const found = new Map<string, Fixture>();
    for (const { document, pointer, authored, columns } of owners) {
      for (const [written, rows] of Object.entries(authored[key] ?? {})) {
        const place = joinPointer(pointer, key, written);
        const foreign = key === 'given' ? parseForeignTable(written) : undefined;
        const name = foreign === undefined ? written : foreignTableKey(foreign.workspace, foreign.table);
        const result = shapeOf(foreign?.table ?? name);
        if ('problem' in result) {
          const span = document.spanOf(place, 'key');
          const { problem: message, hint } = result;
          const { file } = document;
          diagnostics.push({ code: 'fixture-unknown-table', severity: 'error', message, file, span, hint });
          continue;
        }
        const read = readRowSources(document, place, rows, files);
        const built = buildFixture(result.shape, read.sources, now, columns?.[foreign?.table ?? name]);
        diagnostics.push(...read.diagnostics, ...built.diagnostics);
        const earlier = found.get(name);
        found.set(name, earlier === undefined ? built.fixture : merge(earlier, built.fixture));
      }
    }
    return found;
  };
  const fixtures = {
    tables: collect('given', (name) => tableShape(schema, name), joinFixtures),
    watchlists: collect('watchlists', (alias) => ({ shape: watchlistShape(schema, alias) })),
    functions: collect('functions', (name) => functionShape(schema, name)),
    external: collect('external', (address) => ({ shape: externalShape(address) })),
  };
  return { fixtures, diagnostics };
}

/** Rows of one table from two places; a column that one of them lacks is empty there. */
export function joinFixtures(a: Fixture, b: Fixture): Fixture {
  const columns = [...a.rows.columns];
  for (const column of b.rows.columns) {
    if (!columns.some(({ name }) => name === column.name)) columns.push(column);
  }
  const arrange = ({ rows }: Fixture): Fixture['rows']['rows'] => {
    const places = columns.map(({ name }) => rows.columns.findIndex((column) => column.name === name));
    return rows.rows.map((row) =>
      places.map((place, index) => row[place] ?? emptyOf(columns[index]?.type ?? 'unknown')),
    );
  };
  return {
    rows: { columns, rows: [...arrange(a), ...arrange(b)] },
    places: [...a.places, ...b.places],
  };
}
