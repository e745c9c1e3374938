const secondsPer: Readonly<Record<string, number>> = {
  d: 86_400,
  h: 3_600,
  m: 60,
  s: 1,
  ms: 1e-3,
  micros: 1e-6,
  tick: 1e-7,
};

/** The spellings of a unit by their first letters, longest first. */
const units = [
  ['micros', /^micro(?:s|seconds?)$/],
  ['ms', /^(?:ms|millis?|milliseconds?)$/],
  ['tick', /^ticks?$/],
  ['d', /^(?:d|days?)$/],
  ['h', /^(?:h|hrs?|hours?)$/],
  ['m', /^(?:m|min|minutes?)$/],
  ['s', /^(?:s|sec|seconds?)$/],
] as const;

/**
 * Reads a KQL literal of time, such as `1d`, `1.5h`, `time(1.02:03:04)`, `timespan(2)` (days), in seconds; undefined if it
 * is none or has no value. The parser itself reads some of these as zero.
 */
export function readTimespanLiteral(literal: string): number | undefined {
  const wrapped = /^time(?:span)?\s*\(\s*(.*?)\s*\)$/s.exec(literal)?.[1];
  return readAmount(wrapped ?? literal) ?? (wrapped === undefined ? undefined : readClock(wrapped));
}

/** `1d`, `1.5 hours`. */
function readAmount(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text);
  const unit = units.find(([, pattern]) => pattern.test(match?.[2] ?? ''))?.[0];
  const factor = unit === undefined ? undefined : secondsPer[unit];
  return factor === undefined ? undefined : Number(match?.[1]) * factor;
}

/** `2` and `1.02:03:04.5`: days, and what of a day. */
function readClock(text: string): number | undefined {
  const quoted = text.replace(/^(["'])(.*)\1$/, '$2');
  const days = /^-?\d+$/.test(quoted) ? Number(quoted) : undefined;
  if (days !== undefined) return days * 86_400;
  const match = /^(-?)(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(quoted);
  if (match === null) return undefined;
  const [whole, hours, minutes, seconds] = match
    .slice(2)
    .map((part: string | undefined) => Number(part ?? 0));
  const total = (whole ?? 0) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  return match[1] === '-' ? -total : total;
}
