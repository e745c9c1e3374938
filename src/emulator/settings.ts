import type { Permission } from '../sentinel/allowed-actions.ts';
import { workspaceLimits } from '../sentinel/limits.ts';

/** What a look at a query finds, if the emulator is given a way to look. */
export interface QueryFindings {
  /** True if the query reads a table that the workspace does not have. */
  readonly missingTable?: boolean;
  /** An error of the query itself, such as `SEM0100` and its text. */
  readonly error?: { readonly code: string; readonly message: string };
  /** The columns of the result; absent if they cannot be known. */
  readonly columns?: readonly string[];
}

/** A table that the workspace has from the start. */
export interface TableSetting {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** How the emulator behaves where the real service was seen to differ, or was not seen at all. */
export interface EmulatorSettings {
  /** Items on a page of a list. Recorded lists are one page; a smaller size shows what a client does with next links. */
  readonly pageSize: number;
  /** A body whose etag is not the current one: 409 by report, never recorded. */
  readonly staleEtag: 'refuse' | 'accept';
  /** An update without an etag: accepted in every recording, refused in old reports. */
  readonly missingEtag: 'refuse' | 'accept';
  /** An alert rule id that was deleted less than a day ago: refused by a single report. */
  readonly recentlyDeletedId: 'refuse' | 'accept';
  /** Values come back as sent in every recording; `rewritten` makes durations canonical and sorts lists without order. */
  readonly values: 'as-sent' | 'rewritten';
  readonly enabledScheduledRules: number;
  readonly enabledNrtRules: number;
  /** What the caller may do; anything by default. */
  readonly permissions: readonly Permission[];
  /** Tables besides those that clients make. */
  readonly tables: readonly TableSetting[];
  /** Looks at queries for missing tables and columns; without it every query is accepted. */
  readonly inspectQuery?: (query: string) => Promise<QueryFindings>;
}

/** The service as it was recorded. */
export const defaultSettings: EmulatorSettings = Object.freeze({
  pageSize: Number.POSITIVE_INFINITY,
  staleEtag: 'refuse',
  missingEtag: 'accept',
  recentlyDeletedId: 'accept',
  values: 'as-sent',
  enabledScheduledRules: workspaceLimits.enabledScheduledRules,
  enabledNrtRules: workspaceLimits.enabledNrtRules,
  permissions: [{ actions: ['*'], notActions: [] }],
  tables: [],
});
