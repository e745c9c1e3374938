import { operationClasses, type Traffic } from '../sentinel/traffic.ts';
import { countOf } from './count-of.ts';
import type { Effort } from './run-report.ts';

/** `1204 requests (4 reads, 1200 writes), 3 repeated, 98 s held back by the service, in 101 s`. Zero counts are left out. */
export function effortLine({ durationMs, traffic }: Effort): string {
  const time = `in ${seconds(durationMs)}`;
  return traffic === undefined ? time : `${trafficWords(traffic)}, ${time}`;
}

function trafficWords({ byClass }: Traffic): string {
  const sum = (of: (traffic: Traffic['byClass']['reads']) => number): number =>
    operationClasses.reduce((total, operation) => total + of(byClass[operation]), 0);
  const classes = operationClasses
    .filter((operation) => byClass[operation].requests > 0)
    .map((operation) => countOf(byClass[operation].requests, operation.slice(0, -1)));
  const repeated = sum((one) => one.repeated);
  const throttled = sum((one) => one.throttled);
  // Classes wait at the same time as often as not: the longest wait says more than their sum.
  const waited = Math.max(...operationClasses.map((operation) => byClass[operation].waitedMs));
  return [
    `${countOf(
      sum((one) => one.requests),
      'request',
    )} (${classes.join(', ')})`,
    ...(repeated === 0 ? [] : [`${repeated} repeated`]),
    ...(throttled === 0 ? [] : [`${throttled} throttled`]),
    ...(waited === 0 ? [] : [`${seconds(waited)} held back by the service`]),
  ].join(', ');
}

function seconds(milliseconds: number): string {
  return milliseconds < 9_950
    ? `${(milliseconds / 1_000).toFixed(1)} s`
    : `${Math.round(milliseconds / 1_000)} s`;
}
