import type { Check } from './check.ts';
import { rangeOf } from './range-of.ts';

/** A date that a query names exists. */
export const datetimeImpossible: Check = {
  id: 'datetime-impossible',
  severity: 'error',
  judgedOffline: true,
  summary: 'A datetime literal is a date of the calendar and a time of the day.',
  rationale:
    'The parser lets `datetime(2024-02-30)` pass. The service refuses it, or takes it for no value at all, and a comparison ' +
    'with no value is never true.',
  examples: {
    good: ['query: SigninLogs | where TimeGenerated > datetime(2024-02-29T23:59:59Z)'],
    bad: [
      'query: SigninLogs | where TimeGenerated > datetime(2024-02-30)',
      'query: SigninLogs | where TimeGenerated > datetime(2024-02-01 25:00)',
    ],
  },
  check({ query }, report) {
    for (const literal of query?.tree?.nodesOf('DateTimeLiteralExpression') ?? []) {
      if (!isImpossible(literal.text)) continue;
      report('/query', `there is no such date and time as ${literal.text}`, {
        range: rangeOf(literal),
        hint: 'write year-month-day and hours:minutes:seconds, such as datetime(2024-01-31 13:45:00)',
      });
    }
  },
};

/** Looks at literals that start with a year, as ISO 8601 does; other forms are left to the service. */
function isImpossible(literal: string): boolean {
  const match =
    /^datetime\s*\(\s*["']?(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?/i.exec(
      literal,
    );
  if (match === null) return false;
  const [year, month, day, hours, minutes, seconds] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  const isDay = date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day;
  return !isDay || (hours ?? 0) > 23 || (minutes ?? 0) > 59 || (seconds ?? 0) > 59;
}
