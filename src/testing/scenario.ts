import type { SourceSpan } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import type { Datetime } from '../engine/value.ts';
import type { AuthoredExpectation } from './authored-tests.ts';
import type { Fixture } from './build-fixture.ts';

/** What a detection reads in a scenario, by name, alias or address. */
export interface Fixtures {
  /** Those of another workspace under the name that foreignTableKey gives. */
  readonly tables: ReadonlyMap<string, Fixture>;
  readonly watchlists: ReadonlyMap<string, Fixture>;
  readonly functions: ReadonlyMap<string, Fixture>;
  readonly external: ReadonlyMap<string, Fixture>;
}

/** What a scenario changes of the detection before it runs. */
export interface ScenarioSettings {
  /** An environment of kustodian.yaml; as authored, if left out. */
  readonly environment?: string;
  readonly parameters: Readonly<Record<string, JsonValue>>;
}

/** What must come of the rows; `none`: no alert, or of a hunting query no row. */
export interface Expectation extends AuthoredExpectation {
  readonly none?: true;
}

/** One test of a detection: given rows, at a time, expect alerts. */
export interface Scenario {
  /** A sentence. */
  readonly name: string;
  /** The tests file, and the scenario's pointer in it. */
  readonly document: SourceDocument;
  readonly pointer: string;
  readonly span: SourceSpan;
  /** When the detection runs. */
  readonly now: Datetime;
  readonly settings: ScenarioSettings;
  readonly fixtures: Fixtures;
  readonly expect: Expectation;
  /** True if something must come: an alert, an incident or, of a hunting query, a row. */
  readonly isFiring: boolean;
}
