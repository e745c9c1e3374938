/** The moment of one write, in the forms in which the service shows it. No two writes to a state share one. */
export interface WriteStamp {
  /** UTC with up to seven digits of a second, zeros at the end dropped: `2026-03-25T07:45:17.671388Z`. */
  readonly time: string;
  /** The same with all seven digits. */
  readonly paddedTime: string;
  readonly unixSeconds: number;
  readonly sequence: number;
}

/**
 * The stamp of a write. The clock counts milliseconds and the service tenths of a microsecond; the digits between come
 * from the sequence number, which makes them differ.
 */
export function writeStamp(now: Date, sequence: number): WriteStamp {
  const [seconds = '', milliseconds = ''] = now.toISOString().replace('Z', '').split('.');
  const digits = `${milliseconds}${String(sequence % 10_000).padStart(4, '0')}`;
  const trimmed = digits.replace(/0+$/, '');
  return {
    time: trimmed === '' ? `${seconds}Z` : `${seconds}.${trimmed}Z`,
    paddedTime: `${seconds}.${digits}Z`,
    unixSeconds: Math.floor(now.getTime() / 1_000),
    sequence,
  };
}

/** Etag of SecurityInsights resources: a text that itself contains the quotes. The last group starts with the unix time. */
export function securityInsightsEtag({ unixSeconds, sequence }: WriteStamp, group = '0100'): string {
  return `"${hex(sequence)}-0000-${group}-0000-${hex(unixSeconds)}0000"`;
}

/** Etag of saved searches: weak, with the escaped time of the write. */
export function savedSearchEtag({ paddedTime }: WriteStamp): string {
  return `W/"datetime'${paddedTime.replaceAll(':', '%3A')}'"`;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0').slice(-8);
}
