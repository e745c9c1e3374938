/**
 * `node test/github/fake-github.js`: the part of GitHub's REST API that keeps comments and issues, on the loopback, in memory. Prints
 * its URL. A process of its own, since workflows are run in tests without giving way to anything else. `GET /state` gives everything;
 * whoever sends no token of a job is refused.
 */
import { createServer } from 'node:http';
import { stdout } from 'node:process';
import { URL } from 'node:url';

const comments = [];
const issues = [];
const writes = [];

const routes = [
  ['GET', /^\/state$/, () => ({ comments, issues, writes })],
  [
    'GET',
    /^\/repos\/o\/r\/issues\/(\d+)\/comments$/,
    ([number]) => comments.filter((one) => one.number === Number(number)),
  ],
  [
    'POST',
    /^\/repos\/o\/r\/issues\/(\d+)\/comments$/,
    ([number], body) => add(comments, { number: Number(number), user: { type: 'Bot' }, ...body }),
  ],
  [
    'PATCH',
    /^\/repos\/o\/r\/issues\/comments\/(\d+)$/,
    ([id], body) => Object.assign(find(comments, 'id', id), body),
  ],
  [
    'GET',
    /^\/repos\/o\/r\/issues$/,
    (_, __, query) =>
      issues.filter(
        ({ state, labels }) => state === query.get('state') && labels.includes(query.get('labels')),
      ),
  ],
  [
    'POST',
    /^\/repos\/o\/r\/issues$/,
    (_, body) => add(issues, { number: issues.length + 1, state: 'open', ...body }),
  ],
  [
    'PATCH',
    /^\/repos\/o\/r\/issues\/(\d+)$/,
    ([number], body) => Object.assign(find(issues, 'number', number), body),
  ],
];

function add(list, item) {
  list.push({ id: list.length + 1, ...item });
  return list.at(-1);
}

function find(list, key, value) {
  return list.find((item) => item[key] === Number(value));
}

const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += String(chunk)));
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const answer = (status, content) =>
      response.writeHead(status, { connection: 'close' }).end(JSON.stringify(content));
    if (pathname !== '/state' && request.headers.authorization !== 'Bearer token')
      return answer(401, { message: 'Bad credentials' });
    for (const [method, pattern, act] of routes) {
      const match = pattern.exec(pathname);
      if (method !== request.method || match === null) continue;
      if (method !== 'GET') writes.push(`${method} ${pathname}`);
      return answer(200, act(match.slice(1), text === '' ? undefined : JSON.parse(text), searchParams));
    }
    return answer(404, { message: 'Not Found' });
  });
});
server.listen(0, '127.0.0.1', () => stdout.write(`http://127.0.0.1:${server.address().port}\n`));
