const secondsPer = { D: 86_400, H: 3_600, M: 60, S: 1 } as const;

/**
 * Reads a duration in any form the community writes and gives whole seconds, or undefined if it is none:
 * `5m`, `1h`, `14d`, `30s` (either case), ISO 8601 (`PT1H30M`, `P1DT2H`, `P2W`; no years or months, which have no fixed
 * length) and .NET TimeSpan (`00:05:00`, `1.02:03:04`). A bare number is refused: Microsoft's reader takes `5` for days.
 */
export function parseDuration(text: string): number | undefined {
  return parseShort(text) ?? parseIso(text) ?? parseTimeSpan(text);
}

/** Writes whole seconds as the canonical ISO 8601 duration that the portal writes: `PT5M`, `PT1H30M`, `P1D`, `P1DT2H`. */
export function formatDuration(totalSeconds: number): string {
  const days = Math.floor(totalSeconds / secondsPer.D);
  const hours = Math.floor((totalSeconds % secondsPer.D) / secondsPer.H);
  const minutes = Math.floor((totalSeconds % secondsPer.H) / secondsPer.M);
  const seconds = totalSeconds % secondsPer.M;
  const time = `${part(hours, 'H')}${part(minutes, 'M')}${part(seconds, 'S')}`;
  const date = part(days, 'D');
  if (date === '' && time === '') return 'PT0S';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`;
}

function parseShort(text: string): number | undefined {
  const match = /^(\d{1,9})([dhms])$/i.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * secondsPer[(match[2] ?? '').toUpperCase() as keyof typeof secondsPer];
}

function parseIso(text: string): number | undefined {
  const match =
    /^P(?=.)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/i.exec(
      text,
    );
  if (!match) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map(toAmount);
  return (
    ((weeks ?? 0) * 7 + (days ?? 0)) * secondsPer.D +
    (hours ?? 0) * secondsPer.H +
    (minutes ?? 0) * secondsPer.M +
    (seconds ?? 0)
  );
}

function parseTimeSpan(text: string): number | undefined {
  const match = /^(?:(\d{1,8})\.)?([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (!match) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map(toAmount);
  return (
    (days ?? 0) * secondsPer.D + (hours ?? 0) * secondsPer.H + (minutes ?? 0) * secondsPer.M + (seconds ?? 0)
  );
}

/** A group that did not take part in a match is undefined, whatever the type of `match` says. */
function toAmount(digits: string | undefined): number {
  return Number(digits ?? 0);
}
