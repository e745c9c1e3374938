import type { armThrottle } from './limits.ts';

/** The classes of operation that Azure Resource Manager counts apart. */
export type OperationClass = keyof typeof armThrottle;

/** The classes, in the order in which they are shown. */
export const operationClasses: readonly OperationClass[] = Object.freeze(['reads', 'writes', 'deletes']);

/** What was sent of one class of operation. */
export interface ClassTraffic {
  /** Requests that went out, repetitions included. */
  readonly requests: number;
  /** Those of them that repeated an earlier one. */
  readonly repeated: number;
  /** Answers of 429. */
  readonly throttled: number;
  /**
   * Milliseconds in which requests of the class were held back: by the pace that the service allows, by its Retry-After, or
   * before a repetition. Requests that wait at the same time count once.
   */
  readonly waitedMs: number;
}

/** What was sent to a workspace. */
export interface Traffic {
  readonly byClass: Readonly<Record<OperationClass, ClassTraffic>>;
  /** Requests that went out, by HTTP method. */
  readonly byMethod: Readonly<Record<string, number>>;
}
