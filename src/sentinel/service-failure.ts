/** What a failed answer of the service says. Holds no secret: it may be printed and logged. */
export interface ServiceFailure {
  readonly status: number;
  /** The service's own code, such as `BadRequest` or `AuthorizationFailed`. */
  readonly code?: string;
  /** The service's own words, with nested JSON unwrapped, in one line and without a full stop. */
  readonly message?: string;
  /** Finds the request in the service's logs. */
  readonly correlationId?: string;
}

/** The failed answer behind an error of the port, if there was one. */
export function serviceFailureOf({ cause }: Error): ServiceFailure | undefined {
  const isFailure = typeof cause === 'object' && cause !== null && 'status' in cause;
  return isFailure && typeof cause.status === 'number' ? (cause as ServiceFailure) : undefined;
}
