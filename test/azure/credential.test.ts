import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { cloudEndpoints } from '../../src/azure/clouds.ts';
import { createCredential, createStaticCredential } from '../../src/azure/credential.ts';
import { credentialKinds, type CredentialKind } from '../../src/detection/config.ts';
import { clientId, formOf, issuesToken, refuses, signInOver, tenantId } from '../support/fake-authority.ts';
import {
  connectionError,
  failureOf,
  scriptedService,
  storeOver,
  type Step,
} from '../support/scripted-service.ts';
import { createTestFolder, type TestFolder } from '../support/test-host.ts';

const cloud = cloudEndpoints.public;
const secret = 'hunter2~the-client-secret';
const requestToken = 'ghs_the-request-token';
const federatedToken = 'eyJhbGciOiJSUzI1NiJ9.ZmVkZXJhdGVkLXRva2Vu.c2lnbmF0dXJl';
let folder: TestFolder;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  folder = await createTestFolder({
    'federated-token': federatedToken,
    // The library reads the certificate as bytes to be hashed, and nothing else of it.
    'certificate.pem': `-----BEGIN CERTIFICATE-----\n${btoa('certificate')}\n-----END CERTIFICATE-----\n${key}`,
  });
});

afterAll(() => folder.remove());

/** Everything that any kind needs. */
function settings(): Readonly<Record<string, string>> {
  return {
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: secret,
    AZURE_CLIENT_CERTIFICATE_PATH: `${folder.path}/certificate.pem`,
    AZURE_FEDERATED_TOKEN_FILE: `${folder.path}/federated-token`,
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.actions.test/token?version=2',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
  };
}

const issuesGitHubToken: Step = { body: JSON.stringify({ value: federatedToken }) };

test('a static credential is its token', async () => {
  expect(await createStaticCredential('abc').getToken('any')).toMatchObject({ token: 'abc' });
});

test.each([
  ['client-secret', {}, 'AZURE_TENANT_ID'],
  ['client-secret', { AZURE_TENANT_ID: 't' }, 'AZURE_CLIENT_ID'],
  [
    'client-secret',
    { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: '' },
    'AZURE_CLIENT_SECRET',
  ],
  ['client-certificate', { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c' }, 'AZURE_CLIENT_CERTIFICATE_PATH'],
  ['workload-identity', { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c' }, 'AZURE_FEDERATED_TOKEN_FILE'],
  ['github-oidc', { AZURE_TENANT_ID: 't' }, 'AZURE_CLIENT_ID'],
] as const)('%s without its settings names %o', async (kind, env, missing) => {
  const error = await failureOf(createCredential(kind, { cloud, env }).getToken(cloud.scope));
  expect(error).toMatchObject({
    code: 'authentication-failed',
    message: `the credential "${kind}" needs ${missing}, which is not set`,
    hint: expect.stringMatching(
      new RegExp(`^set .*${missing} in the environment, or name another credential$`),
    ) as string,
  });
});

test.each(credentialKinds)('making a credential of the kind %s does nothing yet', (kind) => {
  const { credential, requests } = signInOver(kind, [connectionError('ENOTFOUND')], { env: settings() });
  expect(credential.description).toBe(`"${kind}" of tenant ${tenantId} for ${cloud.scope}`);
  expect(requests).toEqual([]);
});

describe('a sign-in', () => {
  test.each<[CredentialKind, object]>([
    ['client-secret', { client_secret: secret }],
    ['client-certificate', { client_assertion: expect.stringMatching(/^eyJ/) as string }],
    ['workload-identity', { client_assertion: federatedToken }],
  ])('with %s asks the tenant for a token of Azure Resource Manager', async (kind, proof) => {
    const { credential, requests } = signInOver(kind, [issuesToken], { env: settings() });
    expect(await credential.getToken(cloud.scope)).toMatchObject({ token: 'issued-token' });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toContain(`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`);
    expect(formOf(requests[0]!)).toMatchObject({ client_id: clientId, scope: cloud.scope, ...proof });
  });

  test.each([
    ['public', 'login.microsoftonline.com', 'https://management.azure.com/.default'],
    ['usgov', 'login.microsoftonline.us', 'https://management.usgovcloudapi.net/.default'],
    // MSAL knows the host of China by its newer name.
    ['china', 'login.partner.microsoftonline.cn', 'https://management.chinacloudapi.cn/.default'],
  ] as const)('in the cloud %s goes to %s', async (name, host, scope) => {
    const endpoints = cloudEndpoints[name];
    const { credential, requests } = signInOver('client-secret', [issuesToken], {
      cloud: endpoints,
      env: settings(),
    });
    await credential.getToken(endpoints.scope);
    expect(new URL(requests[0]!.url).host).toBe(host);
    expect(formOf(requests[0]!)['scope']).toBe(scope);
  });

  test.each([
    ['public', 'api://AzureADTokenExchange'],
    ['usgov', 'api://AzureADTokenExchangeUSGov'],
    ['china', 'api://AzureADTokenExchangeChina'],
  ] as const)(
    'with github-oidc in the cloud %s exchanges a token for the audience %s',
    async (name, audience) => {
      const { credential, requests } = signInOver('github-oidc', [issuesGitHubToken, issuesToken], {
        cloud: cloudEndpoints[name],
        env: settings(),
      });
      expect(await credential.getToken(cloudEndpoints[name].scope)).toMatchObject({ token: 'issued-token' });
      const [asked, exchanged] = requests;
      const url = new URL(asked!.url);
      expect([asked?.method, url.host, url.searchParams.get('version')]).toEqual([
        'GET',
        'pipelines.actions.test',
        '2',
      ]);
      expect(url.searchParams.get('audience')).toBe(audience);
      expect(asked?.headers['authorization']).toBe(`Bearer ${requestToken}`);
      expect(formOf(exchanged!)).toMatchObject({ client_id: clientId, client_assertion: federatedToken });
    },
  );

  test('takes the tenant of the environment variable where kustodian.yaml names none', async () => {
    const { credential, requests } = signInOver('client-secret', [issuesToken], {
      tenantId: undefined,
      env: { ...settings(), AZURE_TENANT_ID: 'contoso.example' },
    });
    await credential.getToken(cloud.scope);
    expect(requests[0]?.url).toContain('/contoso.example/');
  });

  test('is tried again where the failure may pass', async () => {
    const steps = [{ status: 503 }, connectionError('ECONNRESET'), issuesToken];
    const { credential, requests } = signInOver('client-secret', steps, { env: settings() });
    expect(await credential.getToken(cloud.scope)).toMatchObject({ token: 'issued-token' });
    expect(requests).toHaveLength(3);
  });
});

describe('a sign-in that fails', () => {
  test('says what was tried, for which tenant and scope, why, and what to do', async () => {
    const description =
      "AADSTS700016: Application with identifier 'c' was not found in the directory 'Contoso'. Trace ID: 1 Correlation ID: 2 Timestamp: 3";
    const { credential } = signInOver('client-secret', [refuses(description, 400)], { env: settings() });
    expect(await failureOf(credential.getToken(cloud.scope))).toMatchObject({
      code: 'authentication-failed',
      message: `cannot sign in with "client-secret" of tenant ${tenantId} for https://management.azure.com/.default: ${description}`,
      hint: 'check AZURE_CLIENT_ID and tenantId: the tenant has no such app registration',
    });
  });

  test.each<[CredentialKind, string, string]>([
    ['client-secret', 'AADSTS90002: Tenant not found.', 'check tenantId'],
    ['client-secret', 'AADSTS7000215: Invalid client secret provided.', 'not to its id'],
    ['client-secret', 'AADSTS7000222: The provided client secret keys are expired.', 'make a new one'],
    ['client-secret', 'AADSTS99999: Something else.', 'AZURE_CLIENT_SECRET'],
    ['client-certificate', 'AADSTS700027: The certificate is not registered.', 'upload the certificate'],
    ['client-certificate', 'AADSTS99999: Something else.', 'AZURE_CLIENT_CERTIFICATE_PATH'],
    ['workload-identity', 'AADSTS700211: No matching issuer.', 'just this issuer, subject and audience'],
    ['workload-identity', 'AADSTS7002138: No matching record.', 'just this issuer, subject and audience'],
    ['workload-identity', 'AADSTS99999: Something else.', 'AZURE_FEDERATED_TOKEN_FILE'],
  ])('with %s by %j has its own remedy', async (kind, description, remedy) => {
    const { credential } = signInOver(kind, [refuses(description, 400)], { env: settings() });
    const error = await failureOf(credential.getToken(cloud.scope));
    expect(error.code).toBe('authentication-failed');
    expect(error.hint).toContain(remedy);
  });

  test('names the subject that a federated credential of GitHub must have', async () => {
    const refusal = refuses("AADSTS700213: No matching federated identity record for 'repo:a/b:ref:x'.", 400);
    const { credential } = signInOver('github-oidc', [issuesGitHubToken, refusal], { env: settings() });
    const error = await failureOf(credential.getToken(cloud.scope));
    expect(error.message).toContain("'repo:a/b:ref:x'");
    expect(error.hint).toContain('repo:OWNER/REPOSITORY:environment:NAME');
  });

  test.each<[string, readonly Step[], object]>([
    [
      'where the host name is unknown',
      [connectionError('ENOTFOUND')],
      { message: 'cannot reach login.microsoftonline.com: the host name is unknown' },
    ],
    [
      'where nobody listens',
      [connectionError('ECONNREFUSED')],
      { message: 'cannot reach login.microsoftonline.com: the connection was refused' },
    ],
    [
      'where a page comes instead of a token',
      [{ body: '<html>sign in to the Wi-Fi</html>' }],
      { message: 'login.microsoftonline.com answered 200, but not as a sign-in service' },
    ],
    [
      'where a gateway has no answer',
      [{ status: 502, body: '' }],
      { message: 'login.microsoftonline.com answered 502, but not as a sign-in service' },
    ],
  ])('%s is a failure of the network, not of the identity', async (_name, steps, expected) => {
    const { credential } = signInOver('client-secret', steps, { env: settings() });
    expect(await failureOf(credential.getToken(cloud.scope))).toMatchObject({
      code: 'network-failed',
      hint: expect.stringContaining('HTTPS_PROXY') as string,
      ...expected,
    });
  });

  test('is over when nobody answers in time', async () => {
    const { credential, requests } = signInOver('client-secret', ['silence'], {
      env: settings(),
      retry: { timeoutMs: 20 },
    });
    expect(await failureOf(credential.getToken(cloud.scope))).toMatchObject({
      code: 'network-failed',
      message: 'cannot reach login.microsoftonline.com: no answer within 0.02 s',
    });
    expect(requests).toHaveLength(3);
  });

  test.each<[string, readonly Step[], Readonly<Record<string, string>>, object]>([
    [
      'outside a job',
      [],
      { ACTIONS_ID_TOKEN_REQUEST_URL: '' },
      { code: 'authentication-failed', message: 'GitHub offers this process no token to sign in with' },
    ],
    [
      'that GitHub refuses',
      [{ status: 403, body: '' }],
      {},
      {
        code: 'authentication-failed',
        message: 'GitHub gave no token for the audience api://AzureADTokenExchange: it answered 403',
      },
    ],
    [
      'that GitHub answers with a page',
      [{ body: '<html>' }],
      {},
      { code: 'authentication-failed', message: expect.stringContaining('it answered 200') as string },
    ],
    [
      'that GitHub redirects',
      [{ status: 302, headers: { location: 'https://elsewhere.test/' }, body: '' }],
      {},
      { code: 'authentication-failed', message: expect.stringContaining('it answered 302') as string },
    ],
    [
      'that cannot reach GitHub',
      [connectionError('ENOTFOUND')],
      {},
      { code: 'network-failed', message: 'cannot reach pipelines.actions.test: the host name is unknown' },
    ],
    [
      'whose address is not safe for a token',
      [],
      { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://elsewhere.test/' },
      { code: 'usage', message: expect.stringContaining('http://elsewhere.test/') as string },
    ],
  ])('with github-oidc %s keeps its reason', async (_name, steps, env, expected) => {
    const { credential, requests } = signInOver('github-oidc', steps, { env: { ...settings(), ...env } });
    expect(await failureOf(credential.getToken(cloud.scope))).toMatchObject(expected);
    expect(requests.map(({ url }) => new URL(url).host)).toEqual(steps.map(() => 'pipelines.actions.test'));
  });

  test('with a certificate that is not there names its variable', async () => {
    const { credential } = signInOver('client-certificate', [], {
      env: { AZURE_CLIENT_CERTIFICATE_PATH: '/nowhere/cert.pem' },
    });
    expect(await failureOf(credential.getToken(cloud.scope))).toMatchObject({
      code: 'authentication-failed',
      message: expect.stringMatching(
        /^cannot sign in with "client-certificate" of tenant 0.* for https:\/\/management\.azure\.com\/\.default: .*cert\.pem/,
      ) as string,
      hint: expect.stringContaining('AZURE_CLIENT_CERTIFICATE_PATH') as string,
    });
  });

  test('reaches the caller of the store as it is, once, and nothing is sent to Azure', async () => {
    const service = scriptedService({ body: '{"value":[]}' });
    const { credential, requests } = signInOver('client-secret', [connectionError('ENOTFOUND')], {
      env: settings(),
    });
    const error = await failureOf(storeOver(service, { credential }).list('alertRule'));
    expect(error.message).toBe('cannot reach login.microsoftonline.com: the host name is unknown');
    expect(requests).toHaveLength(1);
    expect(service.requests).toEqual([]);
  });

  test('ends with the run that is cancelled', async () => {
    const abort = new AbortController();
    const { credential } = signInOver('client-secret', ['silence'], {
      env: settings(),
      retry: { timeoutMs: 20 },
    });
    const listed = failureOf(storeOver(scriptedService(), { credential }).list('alertRule', abort.signal));
    abort.abort();
    expect(await listed).toMatchObject({ code: 'cancelled' });
    // What was asked for goes on until its own end: a later question that has ended too shows that.
    expect(await failureOf(credential.getToken(cloud.scope))).toMatchObject({ code: 'network-failed' });
  });

  test.each<[CredentialKind, readonly Step[]]>([
    ['client-secret', [refuses(`AADSTS1: ${secret} client_secret=${secret}`)]],
    ['client-secret', [{ status: 500, body: `client_secret=${secret}` }]],
    ['client-secret', [connectionError(`Bearer ${secret}`)]],
    ['client-certificate', [refuses('AADSTS1: assertion eyJhbGciOiJub25lIn0.cHJvb2Y.c2ln')]],
    ['workload-identity', [refuses(`AADSTS1: ${federatedToken}`)]],
    ['github-oidc', [{ status: 401, body: `Bearer ${requestToken}` }]],
    ['github-oidc', [issuesGitHubToken, refuses(`AADSTS1: ${federatedToken}, ${requestToken}`)]],
  ])('with %s has a secret in no part of its error', async (kind, steps) => {
    const { credential } = signInOver(kind, steps, { env: settings() });
    const error = await failureOf(credential.getToken(cloud.scope));
    const everything = [
      error.message,
      error.hint,
      error.stack,
      inspect(error, { depth: 20, showHidden: true }),
    ];
    expect(everything.join('\n')).not.toMatch(
      /hunter2|the-request-token|ZmVkZXJhdGVkLXRva2Vu|cHJvb2Y|PRIVATE KEY/,
    );
  });
});

// One test, since the library keeps the first HTTP client that it is given for the life of the process.
test('managed-identity asks the machine, and says so where there is no identity', async () => {
  const { credential, requests } = signInOver(
    'managed-identity',
    [connectionError('EHOSTUNREACH'), refuses(`Identity not found; ${secret}`, 400), issuesToken],
    { env: settings() },
  );
  const unreachable = await failureOf(credential.getToken(cloud.scope));
  expect(unreachable).toMatchObject({
    code: 'authentication-failed',
    hint: expect.stringContaining('has a managed identity') as string,
  });
  const unknown = await failureOf(credential.getToken(cloud.scope));
  expect(unknown.message).toMatch(/: Identity not found; \[redacted\]$/);

  expect(await credential.getToken(cloud.scope)).toMatchObject({ token: 'issued-token' });
  const url = new URL(requests[2]!.url);
  expect([url.host, url.searchParams.get('client_id')]).toEqual(['169.254.169.254', clientId]);
});

test('a request that Azure refuses says who was signed in', async () => {
  const { credential } = signInOver('client-secret', [issuesToken], { env: settings() });
  const forbidden = { status: 403, body: '{"error":{"code":"AuthorizationFailed","message":"No."}}' };
  const error = await failureOf(storeOver(scriptedService(forbidden), { credential }).list('alertRule'));
  expect(error).toMatchObject({
    code: 'authorization-failed',
    message: `cannot list alert rules, signed in with "client-secret" of tenant ${tenantId} for ${cloud.scope}: AuthorizationFailed (403): No`,
    hint: expect.stringContaining('at least the role "Microsoft Sentinel Reader"') as string,
  });
});
