import type { JsonObject, JsonValue } from '../core/json.ts';
import type { AlertSeverity } from '../sentinel/vocabulary.ts';

/** Rows as they stand in a tests file: inline, or in a file beside it. An item left empty is null. */
export type AuthoredRows = readonly (JsonObject | null)[] | { readonly file: string };

/** Rows by the name of what they are rows of. */
export type AuthoredRowsByName = Readonly<Record<string, AuthoredRows>>;

/** What the detection reads. */
export interface AuthoredFixtures {
  readonly given?: AuthoredRowsByName;
  readonly watchlists?: AuthoredRowsByName;
  readonly functions?: AuthoredRowsByName;
  readonly external?: AuthoredRowsByName;
}

/** When and how the detection runs. */
export interface AuthoredSettings {
  readonly now?: string;
  readonly environment?: string;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
}

/** What every scenario of a file has unless it says otherwise. */
export interface AuthoredDefaults extends AuthoredSettings, AuthoredFixtures {
  readonly columns?: Readonly<Record<string, JsonObject>>;
}

/** What an alert must hold; what is left out may have any value. */
export interface AuthoredAlert {
  readonly title?: string;
  readonly description?: string;
  readonly severity?: AlertSeverity;
  readonly tactics?: string | readonly string[];
  readonly count?: number;
  readonly entities?: readonly JsonObject[];
  readonly customDetails?: JsonObject;
  readonly properties?: JsonObject;
}

/** What must come of the rows. */
export interface AuthoredExpectation {
  readonly alerts?: number | readonly (AuthoredAlert | null)[];
  readonly incidents?: number;
  readonly rows?: number | readonly (JsonObject | null)[];
  readonly exact?: boolean;
}

/** One scenario as written. */
export interface AuthoredScenario extends AuthoredSettings, AuthoredFixtures {
  readonly name: string;
  readonly expect: 'none' | AuthoredExpectation;
}

/** A mutant that no scenario can tell from the detection. */
export interface AuthoredEquivalent {
  readonly mutant: string;
  readonly reason: string;
}

/** The data of a file in which schemas/tests.schema.json finds no error. */
export interface AuthoredTests {
  readonly defaults?: AuthoredDefaults;
  readonly skipBenign?: string;
  readonly equivalentMutants?: readonly AuthoredEquivalent[];
  readonly scenarios: readonly (AuthoredScenario | null)[];
}

/** The data of a file in which schemas/benign.schema.json finds no error. */
export interface AuthoredBenign extends AuthoredFixtures {
  readonly description?: string;
  readonly now?: string;
  readonly columns?: Readonly<Record<string, JsonObject>>;
}
