import type { ToolErrorCode } from '../../src/core/tool-error.ts';
import type { ContentStore } from '../../src/sentinel/content-store.ts';
import type { ResourceKind } from '../../src/sentinel/resource.ts';
import {
  armErrorBody,
  connectionError,
  failureOf,
  scriptedService,
  storeOver,
  type Step,
} from '../support/scripted-service.ts';

/** Every way in which the service can fail, on every route, through the Azure SDK's pipeline. */
const nouns: Readonly<Record<ResourceKind, { readonly one: string; readonly many: string }>> = {
  alertRule: { one: 'alert rule "r1"', many: 'alert rules' },
  savedSearch: { one: 'saved search "r1"', many: 'saved searches' },
  metadata: { one: 'metadata "r1"', many: 'metadata' },
};
const kinds = Object.keys(nouns) as readonly ResourceKind[];

const operations = {
  list: (store: ContentStore, kind: ResourceKind): Promise<unknown> => store.list(kind),
  write: (store: ContentStore, kind: ResourceKind): Promise<unknown> =>
    store.put(kind, 'r1', { properties: {} }),
  delete: (store: ContentStore, kind: ResourceKind): Promise<unknown> => store.delete(kind, 'r1'),
} as const;
type Operation = keyof typeof operations;

interface Failure {
  readonly name: string;
  readonly step: Step;
  readonly code: ToolErrorCode;
  /** A part of what a person reads. */
  readonly says: string;
  /** False if what is said is about the network, whatever was asked. */
  readonly namesResource?: false;
  /** The operations that it is a failure of. */
  readonly of?: readonly Operation[];
}

const refusal = (status: number, code: string): Step => ({
  status,
  body: armErrorBody(code, 'No, not this.'),
});
const refused = (status: number, code: string): string => `${code} (${status}): No, not this`;

const failures: readonly Failure[] = [
  { name: '400', step: refusal(400, 'BadRequest'), code: 'service-error', says: refused(400, 'BadRequest') },
  {
    name: '401',
    step: refusal(401, 'Expired'),
    code: 'authentication-failed',
    says: refused(401, 'Expired'),
  },
  {
    name: '403',
    step: refusal(403, 'Forbidden'),
    code: 'authorization-failed',
    says: refused(403, 'Forbidden'),
  },
  {
    name: '404',
    step: refusal(404, 'NotFound'),
    code: 'service-error',
    says: refused(404, 'NotFound'),
    of: ['list', 'write'], // what is not there is deleted already
  },
  { name: '409', step: refusal(409, 'Conflict'), code: 'service-conflict', says: refused(409, 'Conflict') },
  { name: '412', step: refusal(412, 'Failed'), code: 'service-conflict', says: refused(412, 'Failed') },
  {
    name: '429',
    step: refusal(429, 'Throttled'),
    code: 'service-throttled',
    says: refused(429, 'Throttled'),
  },
  { name: '500', step: refusal(500, 'Internal'), code: 'service-error', says: refused(500, 'Internal') },
  { name: '503', step: refusal(503, 'Busy'), code: 'service-error', says: refused(503, 'Busy') },
  {
    name: 'a reset',
    step: connectionError('ECONNRESET'),
    code: 'network-failed',
    says: 'the connection broke',
    namesResource: false,
  },
  {
    name: 'no answer in time',
    step: 'silence',
    code: 'network-failed',
    says: 'no answer within 0.02 s',
    namesResource: false,
  },
  {
    name: 'an answer that is not JSON',
    step: { body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } },
    code: 'protocol-error',
    says: 'the answer 200 is no JSON object (text/html)',
    of: ['list', 'write'], // nothing is read from the answer to a delete
  },
  {
    name: 'JSON that is cut short',
    step: { body: '{"value":[{"id":' },
    code: 'protocol-error',
    says: 'answered 200 with JSON that is damaged or cut short',
    namesResource: false,
    of: ['list', 'write'],
  },
  {
    name: 'a next link to another host',
    step: { body: '{"value":[],"nextLink":"https://evil.example/next"}' },
    code: 'protocol-error',
    says: 'the next page is at "https://evil.example"',
    of: ['list'],
  },
  {
    name: 'a redirect',
    step: { status: 302, body: '', headers: { location: 'https://login.example/' } },
    code: 'protocol-error',
    says: 'the answer redirects to "https://login.example/"; it is not followed',
  },
];

const cases = kinds.flatMap((kind) =>
  failures.flatMap((failure) =>
    (failure.of ?? (['list', 'write', 'delete'] as const)).map((operation) => ({ kind, operation, failure })),
  ),
);

test.each(cases.map((each) => ({ ...each, name: each.failure.name })))(
  '$operation $kind: $name is an error that says what failed',
  async ({ kind, operation, failure }) => {
    const store = storeOver(scriptedService(failure.step), {
      retry: { maxRetries: 1, ...(failure.step === 'silence' ? { timeoutMs: 20 } : {}) },
    });
    const error = await failureOf(operations[operation](store, kind));
    expect(error.code).toBe(failure.code);
    expect(error.message).toContain(failure.says);
    if (failure.namesResource === false) return;
    const { one, many } = nouns[kind];
    expect(error.message).toContain(`cannot ${operation} ${operation === 'list' ? many : one}`);
  },
);
