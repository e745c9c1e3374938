import type { Checkup } from '../sentinel/checkup.ts';
import type { ArmResponse } from './arm-client.ts';
import { remainingRequests } from './remaining-requests.ts';

/** Tokens are good from the moment of the authority's clock that they were issued at, with some minutes of leave. */
const mostSkewSeconds = 300;
/** A plan asks for a few lists, and a deploy for one resource that it makes. */
const fewReads = 10;

/** What the headers of the answers tell: whether the clocks agree, and how much the throttle still lets through. */
export function checkAnswers(
  seen: readonly { readonly response: ArmResponse; readonly at: Date }[],
): readonly Checkup[] {
  return [checkClock(seen), checkRateLimit(seen.map(({ response }) => response))];
}

function checkClock(seen: readonly { readonly response: ArmResponse; readonly at: Date }[]): Checkup {
  const check = { id: 'clock', title: 'clock of this machine' };
  const skews = seen
    .map(({ at, response }) => (at.getTime() - Date.parse(response.header('date') ?? '')) / 1_000)
    .filter((skew) => !Number.isNaN(skew));
  if (skews.length === 0) return { ...check, status: 'unknown', detail: 'no answer told the time' };
  const skew = Math.round(skews.reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least)));
  const detail = `${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} the service`;
  return Math.abs(skew) <= mostSkewSeconds
    ? { ...check, status: 'pass', detail }
    : {
        ...check,
        status: 'fail',
        detail,
        remedy: 'set the clock: tokens are refused or expire too soon otherwise',
      };
}

function checkRateLimit(responses: readonly ArmResponse[]): Checkup {
  const check = { id: 'rate-limit', title: 'rate limit' };
  const left = responses
    .map((response) => remainingRequests('reads', response))
    .filter((one) => one !== undefined);
  if (left.length === 0) return { ...check, status: 'unknown', detail: 'no answer told what is left' };
  const least = Math.min(...left);
  const detail = `${least} reads are left; how many writes, only a write tells`;
  return least >= fewReads
    ? { ...check, status: 'pass', detail }
    : {
        ...check,
        status: 'fail',
        detail,
        remedy: 'wait a minute: others use the same identity, or it was just used a lot',
      };
}
