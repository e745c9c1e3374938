/**
 * `node .github/take-data.js CHECKOUT BASE FOLDER...`: replaces folders of the working directory by what they would hold after a
 * merge of the commit that CHECKOUT is at into BASE, as far as that is data: plain files that hold YAML, JSON, KQL or CSV. So the
 * tool of one branch can be run over the content of another without running anything of it. The files are read from git's objects,
 * so that no link is followed; a link or a submodule is refused. Says, in Markdown, if what the merge changes elsewhere was not taken.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';

const [checkout, base, ...folders] = argv.slice(2);
if (checkout === undefined || base === undefined || folders.length === 0) {
  stderr.write('usage: node .github/take-data.js CHECKOUT BASE FOLDER...\n');
  exit(2);
}

const isData = (path) => /\.(ya?ml|json|kql|csv)$/i.test(path);
const isPlain = (path) =>
  path.split('/').every((segment) => segment !== '' && !segment.startsWith('.')) && !/[\\\p{Cc}]/u.test(path);
const isInside = (path) => folders.some((folder) => path.startsWith(`${folder}/`));

const git = (...args) =>
  execFileSync('git', ['-C', checkout, ...args], {
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** The tree that a merge would make. No file is written, and nothing that a repository can set is run. */
function mergeTrees() {
  try {
    return git('merge-tree', '--write-tree', base, 'HEAD').toString().split('\n', 1)[0];
  } catch {
    stderr.write(`the pull request cannot be merged into ${base}: resolve its conflicts first\n`);
    return exit(1);
  }
}

/** Mode, object and path of every file of a tree. */
function listFiles(tree) {
  return git('ls-tree', '-r', '-z', '--full-tree', tree)
    .toString()
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [, mode, object, path] = /^(\d+) \w+ ([\da-f]+)\t(.*)$/s.exec(line);
      return { mode, object, path };
    });
}

const theirs = listFiles(mergeTrees());
const data = theirs.filter(({ path }) => isInside(path) && isData(path));
const refused = theirs.filter(
  ({ mode, path }) =>
    isInside(path) && ((mode !== '100644' && mode !== '100755') || (isData(path) && !isPlain(path))),
);
if (refused.length > 0) {
  for (const { path } of refused)
    stderr.write(`${JSON.stringify(path)} is a link, a submodule or a hidden file; it is not taken\n`);
  exit(1);
}

for (const folder of folders) rmSync(folder, { recursive: true, force: true });
for (const { object, path } of data) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, git('cat-file', 'blob', object));
}

// What differs elsewhere has no part in what is run here: that has to be said.
const ours = new Map(listFiles(base).map(({ mode, object, path }) => [path, `${mode} ${object}`]));
const others = theirs.filter(({ path }) => !isInside(path));
const isChanged = ({ mode, object, path }) => ours.get(path) !== `${mode} ${object}`;
const seen = new Set(others.map(({ path }) => path));
const differs = others.some(isChanged) || [...ours.keys()].some((path) => !isInside(path) && !seen.has(path));
stdout.write(
  differs
    ? `Only ${folders.join(', ')} of the pull request are in this plan; what differs in other files (kustodian.yaml, the tool) is not.\n`
    : '\n',
);
