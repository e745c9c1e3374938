import { readServiceFailure } from '../../src/azure/service-failure.ts';
import { inspect } from 'node:util';
import {
  armErrorBody,
  connectionError,
  failureOf,
  scriptedService,
  secretToken,
  storeOver,
  type Step,
} from '../support/scripted-service.ts';
import { workspacePath } from '../support/emulator.ts';

const traced = { 'x-ms-correlation-request-id': 'corr-1', 'content-type': 'application/json' };

function answer(status: number, code: string, message: string): Step {
  return { status, body: armErrorBody(code, message), headers: traced };
}

const forbidden =
  "The client 'app' with object id 'o' does not have authorization to perform action 'Microsoft.SecurityInsights/alertRules/read'.";

interface Case {
  readonly step: Step;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

const listCases: readonly Case[] = [
  {
    step: answer(400, 'BadRequest', 'Something is wrong.'),
    code: 'service-error',
    message: 'cannot list alert rules: BadRequest (400): Something is wrong [correlation id corr-1]',
  },
  {
    step: answer(401, 'InvalidAuthenticationToken', 'The access token is invalid.'),
    code: 'authentication-failed',
    message:
      'cannot list alert rules: InvalidAuthenticationToken (401): The access token is invalid [correlation id corr-1]',
    hint: 'sign in again, and check that the identity belongs to the tenant of the subscription',
  },
  {
    step: answer(403, 'AuthorizationFailed', forbidden),
    code: 'authorization-failed',
    message: `cannot list alert rules: AuthorizationFailed (403): ${forbidden.slice(0, -1)} [correlation id corr-1]`,
    hint: `give the identity at least the role "Microsoft Sentinel Reader" on ${workspacePath}`,
  },
  {
    step: answer(404, 'ResourceNotFound', "The Resource 'x' was not found."),
    code: 'service-error',
    message:
      "cannot list alert rules: ResourceNotFound (404): The Resource 'x' was not found [correlation id corr-1]",
    hint: `check that the workspace exists: ${workspacePath}`,
  },
  {
    step: answer(429, 'SubscriptionRequestsThrottled', 'Too many.'),
    code: 'service-throttled',
    message: 'cannot list alert rules: SubscriptionRequestsThrottled (429): Too many [correlation id corr-1]',
    hint: 'the service is throttling: run again in a few minutes; what was done stays done',
  },
  {
    step: { status: 500, body: '', headers: {} },
    code: 'service-error',
    message: 'cannot list alert rules: the service answered 500',
    hint: 'the service failed: run again later; what was done stays done',
  },
  {
    step: {
      status: 503,
      body: '<html><style>b{}</style><body><h1>Service\n Unavailable</h1></body></html>',
      headers: { 'content-type': 'text/html' },
    },
    code: 'service-error',
    message: 'cannot list alert rules: the service answered 503: Service Unavailable',
  },
  {
    step: {
      status: 400,
      body: JSON.stringify({
        error: {
          code: 'BadRequest',
          message: armErrorBody('BadRequest', "Workspace 'w' is not onboarded to Microsoft Sentinel."),
        },
      }),
    },
    code: 'service-error',
    message:
      "cannot list alert rules: BadRequest (400): Workspace 'w' is not onboarded to Microsoft Sentinel",
    hint: 'enable Microsoft Sentinel on the workspace',
  },
  {
    step: connectionError('ENOTFOUND'),
    code: 'network-failed',
    message: 'cannot reach kustodian.localhost: the host name is unknown',
    hint: 'check the network, and HTTPS_PROXY if you are behind a proxy; what was done stays done',
  },
  {
    step: connectionError('ECONNREFUSED'),
    code: 'network-failed',
    message: 'cannot reach kustodian.localhost: the connection was refused',
  },
  {
    step: connectionError('ECONNRESET'),
    code: 'network-failed',
    message: 'cannot reach kustodian.localhost: the connection broke',
  },
  {
    step: { body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } },
    code: 'protocol-error',
    message: 'cannot list alert rules: the answer 200 is no JSON object (text/html)',
    hint: 'a proxy or a sign-in page may stand between this machine and Azure',
  },
  {
    step: { body: '{"value":[{"id":' },
    code: 'protocol-error',
    message: 'kustodian.localhost answered 200 with JSON that is damaged or cut short',
  },
  {
    step: { body: '' },
    code: 'protocol-error',
    message: 'cannot list alert rules: the answer 200 is no JSON object (application/json; charset=utf-8)',
  },
  {
    step: { body: '[]' },
    code: 'protocol-error',
    message: 'cannot list alert rules: the answer 200 is no JSON object (application/json; charset=utf-8)',
  },
  {
    step: { body: '{}' },
    code: 'protocol-error',
    message: 'cannot list alert rules: the answer has no list "value"',
  },
  {
    step: { body: '{"value":[1]}' },
    code: 'protocol-error',
    message: 'cannot list alert rules: the answer holds no resource',
  },
  {
    step: { body: '{"value":[{"name":"a"}]}' },
    code: 'protocol-error',
    message: 'cannot list alert rules: the answer holds a resource without an id',
  },
  {
    step: { body: '{"value":[],"nextLink":7}' },
    code: 'protocol-error',
    message: 'cannot list alert rules: "nextLink" is no text',
  },
  {
    step: { body: '{"value":[],"nextLink":"https://evil.example/next"}' },
    code: 'protocol-error',
    message:
      'cannot list alert rules: the next page is at "https://evil.example", not at https://kustodian.localhost; it is not followed',
  },
  {
    step: { status: 302, body: '', headers: { location: 'https://login.example/' } },
    code: 'protocol-error',
    message: 'cannot list alert rules: the answer redirects to "https://login.example/"; it is not followed',
  },
  {
    step: { status: 307, body: '', headers: { location: 'https://kustodian.localhost/elsewhere' } },
    code: 'protocol-error',
    message:
      'cannot list alert rules: the answer redirects to "https://kustodian.localhost/elsewhere"; it is not followed',
  },
];

test.each(listCases)('a list that fails says: $message', async ({ step, code, message, hint }) => {
  const error = await failureOf(storeOver(scriptedService(step)).list('alertRule'));
  expect({ code: error.code, message: error.message }).toEqual({ code, message });
  if (hint !== undefined) expect(error.hint).toBe(hint);
});

const kql = JSON.stringify({
  error: {
    message: 'The request had some invalid properties',
    code: 'BadArgumentError',
    innererror: {
      code: 'SemanticError',
      message: 'A semantic error occurred.',
      innererror: { code: 'SEM0100', message: "'where' operator: Failed to resolve column 'Foo'" },
    },
  },
});

const writeCases: readonly Case[] = [
  {
    step: answer(400, 'BadRequest', `FailedToResolveScalarExpression; Message: ${kql}`),
    code: 'service-error',
    message:
      "cannot write alert rule \"r1\": BadRequest (400): FailedToResolveScalarExpression: SEM0100: 'where' operator: Failed to resolve column 'Foo' [correlation id corr-1]",
  },
  {
    step: answer(400, 'BadRequest', "The rule with id 'r1' was recently deleted. Please try again later."),
    code: 'name-held-back',
    message:
      'cannot write alert rule "r1": BadRequest (400): The rule with id \'r1\' was recently deleted. Please try again later [correlation id corr-1]',
    hint: 'the service keeps a deleted id back for about a day: wait, or give the detection a new id',
  },
  {
    step: answer(409, 'Conflict', 'Newer instance of rule exists (Etag does not match).'),
    code: 'service-conflict',
    message:
      'cannot write alert rule "r1": Conflict (409): Newer instance of rule exists (Etag does not match) [correlation id corr-1]',
    hint: 'it was changed since it was read: plan again',
  },
  {
    step: answer(403, 'AuthorizationFailed', 'No.'),
    code: 'authorization-failed',
    message: 'cannot write alert rule "r1": AuthorizationFailed (403): No [correlation id corr-1]',
    hint: `give the identity at least the role "Microsoft Sentinel Contributor" on ${workspacePath}`,
  },
  {
    step: {
      status: 400,
      body: '{"type":"x","title":"Bad Request","status":400,"errors":{"Properties.Kind":["The Kind field is required."]}}',
    },
    code: 'service-error',
    message: 'cannot write alert rule "r1": Bad Request (400): Properties.Kind: The Kind field is required',
  },
  {
    step: {
      status: 400,
      body: '{"error":{"code":"Invalid","message":"Two faults","details":[{"message":"first"},{"message":"second"}]}}',
    },
    code: 'service-error',
    message: 'cannot write alert rule "r1": Invalid (400): Two faults; first; second',
  },
  {
    step: { status: 400, body: '{"code":"Gateway","message":"bare"}' },
    code: 'service-error',
    message: 'cannot write alert rule "r1": Gateway (400): bare',
  },
  {
    step: { status: 400, body: '{"error":"odd"}' },
    code: 'service-error',
    message: 'cannot write alert rule "r1": the service answered 400',
  },
];

test.each(writeCases)('a write that fails says: $message', async ({ step, code, message, hint }) => {
  const error = await failureOf(
    storeOver(scriptedService(step)).put('alertRule', 'r1', { kind: 'Scheduled' }),
  );
  expect({ code: error.code, message: error.message }).toEqual({ code, message });
  if (hint !== undefined) expect(error.hint).toBe(hint);
});

test('a delete that fails says so', async () => {
  const error = await failureOf(
    storeOver(scriptedService(answer(403, 'AuthorizationFailed', 'No.'))).delete('savedSearch', 'h1'),
  );
  expect(error.message).toContain('cannot delete saved search "h1": AuthorizationFailed');
  expect(error.hint).toContain('Microsoft Sentinel Contributor');
});

test('the cause of a failure holds the parts of the service’s answer', async () => {
  const error = await failureOf(
    storeOver(scriptedService(answer(400, 'BadRequest', 'No.'))).list('metadata'),
  );
  expect(error.cause).toEqual({
    status: 400,
    code: 'BadRequest',
    message: 'No',
    correlationId: 'corr-1',
    clientRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
});

test('a request id that is not the correlation id is kept as well', () => {
  const headers: Readonly<Record<string, string>> = {
    'x-ms-request-id': 'req-1',
    'x-ms-correlation-request-id': 'corr-1',
  };
  const read = (names: readonly string[]) =>
    readServiceFailure({
      status: 500,
      text: '',
      clientRequestId: 'client-1',
      header: (name) => (names.includes(name) ? headers[name] : undefined),
    });
  expect(read(Object.keys(headers))).toEqual({
    status: 500,
    correlationId: 'corr-1',
    requestId: 'req-1',
    clientRequestId: 'client-1',
  });
  expect(read(['x-ms-request-id'])).toEqual({
    status: 500,
    correlationId: 'req-1',
    clientRequestId: 'client-1',
  });
});

test('control characters and very long texts of an answer do not reach the message', async () => {
  const text = `\u001b[31mred\u0007 ${'x'.repeat(5_000)}`;
  const error = await failureOf(storeOver(scriptedService(answer(400, 'BadRequest', text))).list('metadata'));
  expect(error.message).not.toMatch(/\p{Cc}/u);
  expect(error.message.length).toBeLessThan(1_700);
});

describe('the token', () => {
  const leaking: readonly (readonly [string, Step])[] = [
    [
      'a 401 that quotes it',
      answer(401, 'Invalid', `token ${secretToken} is bad; header was Bearer ${secretToken}`),
    ],
    [
      'an error page that quotes it',
      { status: 500, body: `<p>Authorization: Bearer ${secretToken}</p>`, headers: {} },
    ],
    ['broken JSON that quotes it', { body: `{"a":"${secretToken}` }],
    ['a connection that breaks', connectionError('ECONNRESET')],
    ['a next link to another host', { body: '{"value":[],"nextLink":"https://evil.example/"}' }],
  ];
  test.each(leaking)('is in no part of the error after %s', async (_, step) => {
    const error = await failureOf(storeOver(scriptedService(step)).list('alertRule'));
    const everything = [
      error.message,
      error.hint,
      error.stack,
      inspect(error, { depth: 20, showHidden: true }),
    ].join('\n');
    expect(everything).not.toContain(secretToken);
    expect(everything).not.toContain('c2VjcmV0LXRva2Vu');
  });
});
