import type { AuthoredExpectation } from './authored-tests.ts';

/** True of an expectation that something comes: an alert, an incident or, of a hunting query, a row. */
export function isFiring({ alerts, rows, incidents }: AuthoredExpectation): boolean {
  const expects = (wanted: number | readonly unknown[] | undefined): boolean =>
    typeof wanted === 'number' ? wanted > 0 : wanted !== undefined && wanted.length > 0;
  return alerts === undefined ? expects(incidents) || expects(rows) : expects(alerts);
}
