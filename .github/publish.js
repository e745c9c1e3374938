/**
 * Keeps one comment or one issue of GitHub up to date, so that a workflow leaves no trail of them.
 *
 * `node .github/publish.js comment NUMBER NAME FILE`: one comment on the pull request of that number.
 * `node .github/publish.js issue TITLE LABEL FILE`: one open issue of that title and label; with an empty FILE it is closed.
 *
 * Takes GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN as GitHub gives them. What is in FILE is Markdown, and not trusted to be
 * short.
 */
import { readFileSync } from 'node:fs';
import { argv, env, exit, stderr, stdout } from 'node:process';

const [what, first, second, file] = argv.slice(2);
const commands = { comment: publishComment, issue: publishIssue };
if (!Object.hasOwn(commands, what ?? '') || file === undefined) {
  stderr.write('usage: publish.js comment NUMBER NAME FILE, or publish.js issue TITLE LABEL FILE\n');
  exit(2);
}

/** GitHub refuses longer ones. */
const longest = 65_536;
const repository = `/repos/${env['GITHUB_REPOSITORY']}`;
await commands[what](first, second, readFileSync(file, 'utf8'));

async function publishComment(number, name, text) {
  const marker = `<!-- kustodian:${name} -->`;
  const comments = await list(`${repository}/issues/${Number(number)}/comments`);
  const body = cut(`${marker}\n${text}`);
  const own = comments.find((comment) => comment.user?.type === 'Bot' && comment.body?.startsWith(marker));
  if (own === undefined) await send('POST', `${repository}/issues/${Number(number)}/comments`, { body });
  else if (own.body !== body) await send('PATCH', `${repository}/issues/comments/${own.id}`, { body });
  stdout.write(`${own === undefined ? 'made' : 'updated'} the comment ${name}\n`);
}

async function publishIssue(title, label, text) {
  const issues = await list(`${repository}/issues?state=open&labels=${encodeURIComponent(label)}`);
  const own = issues.find((issue) => issue.title === title && issue.pull_request === undefined);
  if (text.trim() === '') {
    if (own === undefined) return;
    await send('POST', `${repository}/issues/${own.number}/comments`, {
      body: 'There is none any more.',
    });
    await send('PATCH', `${repository}/issues/${own.number}`, { state: 'closed', state_reason: 'completed' });
    stdout.write(`closed #${own.number}\n`);
    return;
  }
  const body = cut(text);
  if (own === undefined) await send('POST', `${repository}/issues`, { title, body, labels: [label] });
  else if (own.body !== body) await send('PATCH', `${repository}/issues/${own.number}`, { body });
  stdout.write(own === undefined ? `opened an issue: ${title}\n` : `updated #${own.number}\n`);
}

/** All pages of a list. */
async function list(path) {
  const items = [];
  for (let page = 1; ; page++) {
    const more = await send('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
    items.push(...more);
    if (more.length < 100) return items;
  }
}

async function send(method, path, content) {
  const response = await globalThis.fetch(`${env['GITHUB_API_URL']}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${env['GITHUB_TOKEN']}`,
      'content-type': 'application/json',
      'user-agent': 'kustodian',
    },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  const answer = await response.text();
  if (response.ok) return answer === '' ? undefined : JSON.parse(answer);
  stderr.write(`error: ${method} ${path}: ${response.status} ${answer.slice(0, 500)}\n`);
  return exit(1);
}

function cut(text) {
  const note = '\n\n… cut here; the log of the workflow has all of it.\n';
  return text.length <= longest ? text : `${text.slice(0, longest - note.length)}${note}`;
}
