import { ToolError, type ToolErrorCode } from '../core/tool-error.ts';
import type { ReadKind } from '../sentinel/resource.ts';
import type { ServiceFailure } from '../sentinel/service-failure.ts';
import { resourceRoutes, type ResourceRoute } from './resource-routes.ts';

/** What was tried, for the message of a failure. */
export interface Attempt {
  readonly verb: 'list' | 'read' | 'write' | 'delete';
  readonly kind: ReadKind | 'workspace';
  /** Absent when listing, but for a list below another resource: then that resource. */
  readonly name?: string;
  /** ARM id of the workspace. */
  readonly workspaceId: string;
  /** Who is signed in, as `Credential` describes it: told where that may be what is wrong. */
  readonly signedInWith?: string | undefined;
}

/** An attempt at a resource of the workspace, not at the workspace itself. */
export type ResourceAttempt = Attempt & { readonly kind: ReadKind };

const workspaceRoute: Pick<ResourceRoute, 'singular' | 'plural' | 'readerRole' | 'writerRole'> = {
  ...resourceRoutes.alertRule,
  singular: 'workspace',
  plural: 'workspaces',
};

function routeOf({ kind }: Attempt): typeof workspaceRoute {
  return kind === 'workspace' ? workspaceRoute : resourceRoutes[kind];
}

/** `cannot write alert rule "x"`, the start of every message about a failed request. */
export function describeAttempt(attempt: Attempt): string {
  const { verb, name } = attempt;
  const { singular, plural } = routeOf(attempt);
  if (verb === 'list' && name !== undefined) return `cannot list ${plural} of "${name}"`;
  return name === undefined ? `cannot ${verb} ${plural}` : `cannot ${verb} ${singular} "${name}"`;
}

/** The error of an answer that is not a success. The failure is its `cause`, for callers that show more than the message. */
export function serviceError(attempt: Attempt, failure: ServiceFailure): ToolError {
  const { status, code, message, correlationId } = failure;
  const answer = code === undefined ? `the service answered ${status}` : `${code} (${status})`;
  const words = message === undefined ? '' : `: ${message}`;
  const trace = correlationId === undefined ? '' : ` [correlation id ${correlationId}]`;
  const hint = remedy(attempt, failure);
  const isAccess = status === 401 || status === 403;
  const who =
    isAccess && attempt.signedInWith !== undefined ? `, signed in with ${attempt.signedInWith}` : '';
  return new ToolError(codeOf(failure), `${describeAttempt(attempt)}${who}: ${answer}${words}${trace}`, {
    cause: failure,
    ...(hint === undefined ? {} : { hint }),
  });
}

function codeOf({ status, message = '' }: ServiceFailure): ToolErrorCode {
  if (isHeldBack(message) && (status === 400 || status === 409)) return 'name-held-back';
  switch (status) {
    case 401:
      return 'authentication-failed';
    case 403:
      return 'authorization-failed';
    case 409:
    case 412:
      return 'service-conflict';
    case 429:
      return 'service-throttled';
    default:
      return 'service-error';
  }
}

/** Reported with 400 and with 409: the text is what tells it. */
function isHeldBack(message: string): boolean {
  return /recently deleted/i.test(message);
}

function remedy(attempt: Attempt, failure: ServiceFailure): string | undefined {
  const { status, message = '' } = failure;
  if (isHeldBack(message)) {
    return 'the service keeps a deleted id back for about a day: wait, or give the detection a new id';
  }
  if (/not onboarded to Microsoft Sentinel/i.test(message))
    return 'enable Microsoft Sentinel on the workspace';
  switch (status) {
    case 401:
      return 'sign in again, and check that the identity belongs to the tenant of the subscription';
    case 403: {
      const route = routeOf(attempt);
      const reads = attempt.verb === 'list' || attempt.verb === 'read';
      const role = reads ? route.readerRole : route.writerRole;
      return `give the identity at least the role "${role}" on ${attempt.workspaceId}`;
    }
    case 404:
      return attempt.verb === 'list' || attempt.verb === 'write' || attempt.kind === 'workspace'
        ? `check that the workspace exists: ${attempt.workspaceId}`
        : undefined;
    case 407:
      return 'the proxy wants a sign-in: give name and password in HTTPS_PROXY, as in http://name:password@proxy:8080';
    case 409:
    case 412:
      return 'it was changed since it was read: plan again';
    case 429:
      return 'the service is throttling: run again in a few minutes; what was done stays done';
    default:
      return status >= 500 ? 'the service failed: run again later; what was done stays done' : undefined;
  }
}
