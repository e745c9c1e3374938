import { isAllowed } from '../sentinel/allowed-actions.ts';
import { isApiVersion } from '../sentinel/api-versions.ts';
import { armError, Refusal } from './arm-error.ts';
import { escapePath, parseArmPath, type ArmPath } from './arm-path.ts';
import type { EmulatorRequest } from './http.ts';
import type { OperationContext, Reply } from './operation.ts';
import { findRoute, operate, type Route } from './routes.ts';

/** What an answer depends on besides the request. */
export type AnswerContext = Pick<
  OperationContext,
  'settings' | 'state' | 'principal' | 'now' | 'stamp' | 'newGuid'
>;

/** Finds the route of a request and lets it answer; every refusal is an answer too. */
export async function answerRequest(request: EmulatorRequest, surroundings: AnswerContext): Promise<Reply> {
  const url = new URL(request.url);
  const path = parseArmPath(url.pathname);
  const route = path === undefined ? undefined : findRoute(path);
  const apiVersion = url.searchParams.get('api-version');
  if (apiVersion === null || apiVersion === '') return missingApiVersion;
  if (path === undefined || route === undefined) return unknownType(url.pathname, apiVersion);
  const refusal = checkApiVersion(route, apiVersion);
  if (refusal !== undefined) return refusal;
  const denial = checkAccess(route, request.method, path, surroundings);
  if (denial !== undefined) return denial;
  const context: OperationContext = {
    ...surroundings,
    path,
    apiVersion,
    origin: url.origin,
    query: url.searchParams,
    body: request.body ?? '',
    send: (method, target, version, body) => {
      const targetUrl = `${url.origin}${escapePath(target)}?api-version=${version}`;
      return answerRequest({ method, url: targetUrl, headers: {}, body: JSON.stringify(body) }, surroundings);
    },
  };
  try {
    return await operate(route, request.method, context);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

const missingApiVersion = armError(
  400,
  'MissingApiVersionParameter',
  'The api-version query parameter (?api-version=) is required for all requests.',
);

function checkApiVersion({ provider, types, apiVersions }: Route, apiVersion: string): Reply | undefined {
  if (apiVersions?.includes(apiVersion) ?? isApiVersion(apiVersion)) return undefined;
  const supported = (apiVersions ?? []).join(',');
  return isApiVersion(apiVersion)
    ? armError(
        400,
        'InvalidResourceType',
        `The resource type '${types.join('/')}' could not be found in the namespace '${provider}' for api version '${apiVersion}'. The supported api-versions are '${supported}'.`,
      )
    : armError(
        400,
        'InvalidApiVersionParameter',
        `The api-version '${apiVersion}' is invalid. The supported versions are '${supported}'.`,
      );
}

/** What the roles of the caller must allow: the types of the resource, and what the method does. */
function checkAccess(
  { action, provider, types }: Route,
  method: string,
  { scope }: ArmPath,
  { principal, settings }: AnswerContext,
): Reply | undefined {
  const verb = method === 'GET' || method === 'HEAD' ? 'read' : method === 'DELETE' ? 'delete' : 'write';
  const wanted = action ?? [provider, ...types, verb].join('/');
  if (isAllowed(wanted, settings.permissions)) return undefined;
  const { name, objectId } = principal;
  return armError(
    403,
    'AuthorizationFailed',
    `The client '${name}' with object id '${objectId}' does not have authorization to perform action '${wanted}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

function unknownType(pathname: string, apiVersion: string): Reply {
  const last = parseArmPath(pathname)?.providers.at(-1);
  return last === undefined
    ? armError(404, 'NotFound', `There is nothing at the path '${pathname}'.`)
    : armError(
        404,
        'InvalidResourceType',
        `The resource type '${last.types.join('/')}' could not be found in the namespace '${last.namespace}' for api version '${apiVersion}'.`,
      );
}
