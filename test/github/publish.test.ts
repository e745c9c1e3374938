import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTestFolder, type TestFolder } from '../support/test-host.ts';

interface Request {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** Each run is a process of its own. */
const timeout = 60_000;
let folder: TestFolder;
let server: Server;
let requests: Request[];
let answers: Readonly<Record<string, unknown>>;

beforeEach(async () => {
  folder = await createTestFolder();
  requests = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      requests.push({ method, url, body: text === '' ? undefined : (JSON.parse(text) as unknown) });
      const answer = answers[`${method} ${url}`] ?? (method === 'GET' ? [] : {});
      response
        .writeHead(answer === 'refused' ? 403 : 200, { connection: 'close' })
        .end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  answers = {};
});

afterEach(async () => {
  server.close();
  await folder.remove();
});

async function publish(text: string, ...args: readonly string[]): Promise<number> {
  await folder.write('report.md', text);
  const child = spawn(process.execPath, ['.github/publish.js', ...args, join(folder.path, 'report.md')], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_TOKEN: 't',
    },
  });
  const [exitCode] = (await once(child, 'close')) as [number];
  return exitCode;
}

const writes = (): readonly Request[] => requests.filter(({ method }) => method !== 'GET');
const marker = '<!-- kustodian:plan-staging -->';
const commentsUrl = '/repos/o/r/issues/7/comments';
const issuesUrl = '/repos/o/r/issues?state=open&labels=kustodian-drift';
const pageOf = (url: string, page = 1): string =>
  `GET ${url}${url.includes('?') ? '&' : '?'}per_page=100&page=${page}`;
const comment = (text: string) => publish(text, 'comment', '7', 'plan-staging');
const issue = (text: string) => publish(text, 'issue', 'Drift in staging', 'kustodian-drift');

test(
  'a comment is made once, and updated from then on, wherever it stands',
  async () => {
    expect(await comment('first')).toBe(0);
    expect(writes()).toEqual([{ method: 'POST', url: commentsUrl, body: { body: `${marker}\nfirst` } }]);

    const others = Array.from({ length: 100 }, (_, id) => ({ id, user: { type: 'User' }, body: marker }));
    const own = { id: 500, user: { type: 'Bot' }, body: `${marker}\nfirst` };
    answers = { [pageOf(commentsUrl)]: others, [pageOf(commentsUrl, 2)]: [own] };
    requests = [];
    expect(await comment('second')).toBe(0);
    expect(writes()).toEqual([
      { method: 'PATCH', url: '/repos/o/r/issues/comments/500', body: { body: `${marker}\nsecond` } },
    ]);
    requests = [];
    expect(await comment('first')).toBe(0);
    expect(writes()).toEqual([]);
  },
  timeout,
);

test(
  'an issue is opened, updated while there is something, and closed when there is nothing',
  async () => {
    expect(await issue('drift')).toBe(0);
    const body = { title: 'Drift in staging', body: 'drift', labels: ['kustodian-drift'] };
    expect(writes()).toEqual([{ method: 'POST', url: '/repos/o/r/issues', body }]);

    const others = [{ number: 1, title: 'Drift in production', body: 'x' }];
    answers = { [pageOf(issuesUrl)]: [...others, { number: 2, title: 'Drift in staging', body: 'drift' }] };
    requests = [];
    expect(await issue('more drift')).toBe(0);
    expect(writes()).toEqual([{ method: 'PATCH', url: '/repos/o/r/issues/2', body: { body: 'more drift' } }]);

    requests = [];
    expect(await issue('')).toBe(0);
    expect(writes().map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /repos/o/r/issues/2/comments',
      'PATCH /repos/o/r/issues/2',
    ]);
    expect(writes()[1]?.body).toMatchObject({ state: 'closed' });
  },
  timeout,
);

test(
  'nothing is written where there is nothing, and never more than GitHub takes',
  async () => {
    expect(await issue('\n')).toBe(0);
    expect(writes()).toEqual([]);
    expect(await comment('x'.repeat(100_000))).toBe(0);
    const { body } = writes()[0]!.body as { body: string };
    expect(body).toHaveLength(65_536);
    expect(body).toContain('cut here');
  },
  timeout,
);

test(
  'a refusal fails the step',
  async () => {
    answers = { [`POST ${commentsUrl}`]: 'refused' };
    expect(await comment('x')).toBe(1);
  },
  timeout,
);
