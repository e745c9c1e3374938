import type { AlertSeverity, EntityType } from '../../sentinel/vocabulary.ts';

/** An entity of an alert: its type and the identifiers that have a value. */
export interface Entity {
  readonly entityType: EntityType;
  readonly identifiers: Readonly<Record<string, string>>;
}

/** An alert as the service would raise it. */
export interface Alert {
  readonly title: string;
  readonly description: string;
  readonly severity: AlertSeverity;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly Entity[];
  /** The distinct values of each custom detail, as text. */
  readonly customDetails: Readonly<Record<string, readonly string[]>>;
  /** What alertDynamicProperties set, by name. */
  readonly properties: Readonly<Record<string, string>>;
  /** The results that it holds, as indexes into the query's rows. */
  readonly rows: readonly number[];
  /** What the service's limits cut off, in words. */
  readonly notes: readonly string[];
}
