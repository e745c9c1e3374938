import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServerCertificates } from '../../src/emulator/certificates.ts';
import { createEmulator, type WorkspaceSeed } from '../../src/emulator/emulator.ts';
import type { EmulatorRequest, EmulatorResponse, Middleware } from '../../src/emulator/http.ts';
import { requireBearerToken } from '../../src/emulator/middleware/bearer-token.ts';
import { answerTokenRequests } from '../../src/emulator/middleware/token-endpoint.ts';
import { startServer } from '../../src/emulator/server.ts';
import { countingGuids, fakeClock } from './emulator.ts';

/** The hosts of Azure's public cloud and of GitHub, as a process with these variables sees them. */
export interface FakeAzure {
  /** Lead a process here: every TLS connection goes through a proxy on the loopback. */
  readonly env: Readonly<Record<string, string>>;
  /** PEM of the authority that NODE_EXTRA_CA_CERTS must name. */
  readonly authority: string;
  /** Host, method and path of the requests so far. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

const gitHub = 'pipelines.actions.githubusercontent.com';
const hosts = ['login.microsoftonline.com', 'management.azure.com', gitHub];

/** The GitHub side of a job that may ask for a token, with a secret for it. */
export const gitHubTokenUrl = `https://${gitHub}/token?api-version=2.0`;

/** Whoever signs in under this client id is refused by the authority. */
export const refusedClientId = '00000000-0000-0000-0000-0000000000ff';

/** Requests for this subscription are refused by Azure Resource Manager. */
export const forbiddenSubscriptionId = '00000000-0000-0000-0000-00000000000f';

/** A service that quotes, in its refusals, all that it was sent: nothing of that may be shown. */
const refuse: Middleware = (next) => async (request) => {
  const quoted = `${request.headers['authorization'] ?? ''} ${decodeURIComponent(request.body ?? '')}`;
  if (request.body?.includes(`client_id=${refusedClientId}`) === true) {
    return json(401, { error: 'invalid_client', error_description: `AADSTS7000215: No. You sent ${quoted}` });
  }
  if (request.url.includes(forbiddenSubscriptionId)) {
    return json(403, { error: { code: 'AuthorizationFailed', message: `No. You sent ${quoted}` } });
  }
  return await next(request);
};

/** Gives a job's token to who has its secret. */
function answerGitHub(requestToken: string, jobToken: string): Middleware {
  return (next) => async (request) => {
    if (new URL(request.url).host !== gitHub) return await next(request);
    return request.headers['authorization'] === `Bearer ${requestToken}`
      ? json(200, { value: jobToken })
      : json(403, { message: `Bad credentials: ${request.headers['authorization'] ?? ''}` });
  };
}

function json(status: number, body: object): EmulatorResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export async function startFakeAzure(options: {
  readonly workspaces: readonly WorkspaceSeed[];
  readonly requestToken: string;
  readonly jobToken: string;
  /** In front of Azure Resource Manager. */
  readonly middleware?: readonly Middleware[];
}): Promise<FakeAzure> {
  const requests: string[] = [];
  const note: Middleware = (next) => async (request: EmulatorRequest) => {
    const { host, pathname } = new URL(request.url);
    requests.push(`${host} ${request.method} ${pathname}`);
    return await next(request);
  };
  const { now } = fakeClock();
  const newGuid = countingGuids();
  const { handle } = createEmulator({
    now,
    newGuid,
    workspaces: options.workspaces,
    middleware: [
      note,
      answerGitHub(options.requestToken, options.jobToken),
      refuse,
      answerTokenRequests({ now: () => new Date(), newGuid }),
      requireBearerToken(),
      ...(options.middleware ?? []),
    ],
  });
  const tls = await createServerCertificates({ hosts, now: new Date() });
  const service = await startServer({ handle, tls });

  const proxy = createServer();
  proxy.on('connect', (_request: IncomingMessage, client: Socket) => {
    const upstream = connect(Number(new URL(service.url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    const end = (): void => {
      upstream.destroy();
      client.destroy();
    };
    upstream.on('error', end);
    client.on('error', end);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  return {
    env: { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` },
    authority: tls.ca,
    requests,
    async stop() {
      proxy.closeAllConnections();
      proxy.close();
      await service.stop();
    },
  };
}
