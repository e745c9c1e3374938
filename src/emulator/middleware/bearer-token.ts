import { armError } from '../arm-error.ts';
import { toPlainResponse, type Middleware } from '../http.ts';

/**
 * Lets only requests with a bearer token through. By default any token will do: whom it is for is the business of the
 * service that gave it out.
 */
export function requireBearerToken(accepts: (token: string) => boolean = () => true): Middleware {
  return (next) => async (request) => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
    if (token === undefined) {
      return challenge(
        'AuthenticationFailed',
        "Authentication failed. The 'Authorization' header is missing or has an invalid format.",
      );
    }
    return accepts(token)
      ? await next(request)
      : challenge('InvalidAuthenticationToken', 'The access token is invalid.');
  };
}

function challenge(code: string, message: string): ReturnType<typeof toPlainResponse> {
  return toPlainResponse(
    armError(401, code, message, {
      'www-authenticate': `Bearer authorization_uri="https://login.microsoftonline.com/common", error="invalid_token", error_description="${message}"`,
    }),
  );
}
