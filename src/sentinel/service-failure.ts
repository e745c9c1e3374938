/** What a failed answer of the service says. Holds no secret: it may be printed and logged. */
export interface ServiceFailure {
  readonly status: number;
  /** The service's own code, such as `BadRequest` or `AuthorizationFailed`. */
  readonly code?: string;
  /** The service's own words, with nested JSON unwrapped, in one line and without a full stop. */
  readonly message?: string;
  /** Finds the request in the service's logs: `x-ms-correlation-request-id`, or else `x-ms-request-id`. */
  readonly correlationId?: string;
  /** `x-ms-request-id`, where it is another one: what the provider behind Azure Resource Manager calls the request. */
  readonly requestId?: string;
  /** `x-ms-client-request-id`: what we call it; the only name that a request without an answer has. */
  readonly clientRequestId?: string;
}

/** The cause of an error of a request that got no answer. */
export interface LostRequest {
  readonly clientRequestId: string;
}

/** The cause of an error of a request that the service was not asked, or did not carry out: a run that ends sends nothing more. */
export const unsent = Object.freeze({ isUnsent: true });

/** True if nothing can have come of the request behind an error. */
export function isUnsent({ cause }: Error): boolean {
  return cause === unsent;
}

/** What we called the request behind an error of the port, answered or not; undefined where there was none. */
export function clientRequestIdOf({ cause }: Error): string | undefined {
  const isKnown = typeof cause === 'object' && cause !== null && 'clientRequestId' in cause;
  return isKnown && typeof cause.clientRequestId === 'string' ? cause.clientRequestId : undefined;
}

/** The failed answer behind an error of the port, if there was one. */
export function serviceFailureOf({ cause }: Error): ServiceFailure | undefined {
  const isFailure = typeof cause === 'object' && cause !== null && 'status' in cause;
  return isFailure && typeof cause.status === 'number' ? (cause as ServiceFailure) : undefined;
}
