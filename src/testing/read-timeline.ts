import type { Diagnostic } from '../core/diagnostic.ts';
import { parseDatetime } from '../engine/datetime-text.ts';
import { defaultNow } from './build-scenarios.ts';
import type { LoadedBenign } from './load-tests.ts';
import { readFixtures, type FixtureContext, type FixtureOwner } from './read-fixtures.ts';
import type { Fixtures } from './scenario.ts';

/**
 * The rows of a file of rows alone, which has the form of benign ones.
 *
 * @param before whose rows come first
 */
export function readTimeline(
  { file, document, authored }: LoadedBenign,
  context: Omit<FixtureContext, 'now'>,
  before: readonly FixtureOwner[] = [],
): {
  readonly fixtures: Fixtures;
  readonly now: FixtureContext['now'] | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const now = parseDatetime(authored.now ?? defaultNow);
  const owners = [...before, { document, pointer: '', authored, columns: authored.columns }];
  if (now !== null) return { ...readFixtures(owners, { ...context, now }), now };
  const fault: Diagnostic = {
    code: 'invalid-value',
    severity: 'error',
    message: `"${authored.now ?? ''}" is no time`,
    file,
    span: document.spanOf('/now'),
    hint: 'write it like 2026-01-15T12:00:00Z',
  };
  const none: Fixtures = {
    tables: new Map(),
    watchlists: new Map(),
    functions: new Map(),
    external: new Map(),
  };
  return { fixtures: none, now, diagnostics: [fault] };
}
