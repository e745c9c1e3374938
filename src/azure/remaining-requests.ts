import type { OperationClass } from '../sentinel/traffic.ts';
import type { AnswerHeaders } from './retry-after.ts';

const prefix = 'x-ms-ratelimit-remaining-subscription-';

/**
 * How many more requests of a class the service says it takes: the smaller one of the caller's own counter and that of the
 * whole subscription. Undefined if it does not say. Source: recorded headers; learn.microsoft.com,
 * azure-resource-manager/management/request-limits-and-throttling.
 */
export function remainingRequests(operation: OperationClass, answer: AnswerHeaders): number | undefined {
  const counts = [answer.header(prefix + operation), answer.header(`${prefix}global-${operation}`)]
    .filter((text) => text !== undefined && /^\d+$/.test(text))
    .map(Number);
  return counts.length === 0 ? undefined : Math.min(...counts);
}
