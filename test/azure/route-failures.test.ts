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

/** Every way in which a request can fail, with the error that it becomes and a part of what a person reads. */
const failures: readonly (readonly [string, Step, ToolErrorCode, string])[] = [
  ...(
    [
      [400, 'service-error'],
      [401, 'authentication-failed'],
      [403, 'authorization-failed'],
      [409, 'service-conflict'],
      [412, 'service-conflict'],
      [429, 'service-throttled'],
      [500, 'service-error'],
      [503, 'service-error'],
    ] as const
  ).map(
    ([status, code]) =>
      [
        String(status),
        { status, body: armErrorBody('Code', 'Words.') },
        code,
        `Code (${status}): Words`,
      ] as const,
  ),
  ['a reset', connectionError('ECONNRESET'), 'network-failed', 'the connection broke'],
  ['an unknown host', connectionError('ENOTFOUND'), 'network-failed', 'the host name is unknown'],
  ['no answer', 'silence', 'network-failed', 'no answer within 0.005 s'],
  [
    'a redirect',
    { status: 301, headers: { location: 'https://x.example/' } },
    'protocol-error',
    'it is not followed',
  ],
];

/** Answers that only matter where one is read. */
const unreadable: readonly (readonly [string, Step, ToolErrorCode, string])[] = [
  ['404', { status: 404, body: armErrorBody('NotFound', 'Gone.') }, 'service-error', 'NotFound (404): Gone'],
  [
    'no JSON',
    { body: '<html>', headers: { 'content-type': 'text/html' } },
    'protocol-error',
    'no JSON object (text/html)',
  ],
  ['truncated JSON', { body: '{"value":[{' }, 'protocol-error', 'damaged or cut short'],
];

const kinds = ['alertRule', 'metadata', 'savedSearch'] as const;
const names: Readonly<Record<ResourceKind, readonly [string, string]>> = {
  alertRule: ['alert rule', 'alert rules'],
  metadata: ['metadata', 'metadata'],
  savedSearch: ['saved search', 'saved searches'],
};

const verbs: readonly (readonly [
  string,
  (store: ContentStore, kind: ResourceKind) => Promise<unknown>,
  typeof failures,
])[] = [
  ['list', (store, kind) => store.list(kind), [...failures, ...unreadable]],
  ['write', (store, kind) => store.put(kind, 'x', {}), [...failures, ...unreadable]],
  ['delete', (store, kind) => store.delete(kind, 'x'), failures],
];

const cases = verbs.flatMap(([verb, run, ways]) =>
  kinds.flatMap((kind) =>
    ways.map(([way, step, code, words]) => ({ verb, kind, way, run, step, code, words })),
  ),
);

test.each(cases)('to $verb $kind with $way is $code', async ({ verb, kind, run, step, code, words }) => {
  const error = await failureOf(run(storeOver(scriptedService(step), { retry: { timeoutMs: 5 } }), kind));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  const [singular, plural] = names[kind];
  const about = verb === 'list' ? plural : `${singular} "x"`;
  if (code !== 'network-failed' && !words.startsWith('damaged')) {
    expect(error.message).toContain(`cannot ${verb} ${about}: `);
  }
  if (code === 'authorization-failed') {
    expect(error.hint).toContain(verb === 'list' ? 'Reader' : 'Contributor');
  }
});
