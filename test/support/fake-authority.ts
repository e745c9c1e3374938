import type { HttpClient } from '@azure/core-rest-pipeline';
import { createCredential, type Credential, type CredentialOptions } from '../../src/azure/credential.ts';
import { cloudEndpoints } from '../../src/azure/clouds.ts';
import { createInProcessHttpClient, type InProcessRequest } from '../../src/azure/in-process-http-client.ts';
import type { CredentialKind } from '../../src/detection/config.ts';
import { instantTimer, scriptedService, type Step } from './scripted-service.ts';

export const tenantId = '00000000-0000-0000-0000-0000000000aa';
export const clientId = '00000000-0000-0000-0000-0000000000bb';

/** What a sign-in service answers to a request that it likes. */
export const issuesToken: Step = {
  body: JSON.stringify({ token_type: 'Bearer', expires_in: 3_600, access_token: 'issued-token' }),
};

/** What it answers to one that it does not like. */
export function refuses(description: string, status = 401): Step {
  return { status, body: JSON.stringify({ error: 'invalid_client', error_description: description }) };
}

export interface FakeSignIn {
  readonly credential: Credential;
  readonly requests: readonly InProcessRequest[];
}

/** A credential whose requests are answered with the steps in order, without a socket and without a wait. */
export function signInOver(
  kind: CredentialKind,
  steps: readonly Step[],
  options: Partial<CredentialOptions> = {},
): FakeSignIn {
  const service = scriptedService(...steps);
  const httpClient: HttpClient = createInProcessHttpClient((request) => service.handle(request));
  const credential = createCredential(kind, {
    cloud: cloudEndpoints.public,
    tenantId,
    httpClient,
    timer: instantTimer(),
    ...options,
    env: { AZURE_CLIENT_ID: clientId, ...options.env },
  });
  return { credential, requests: service.requests };
}

/** The fields of a form that was posted. */
export function formOf({ body = '' }: InProcessRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(body));
}
