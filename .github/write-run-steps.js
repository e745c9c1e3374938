/** `node .github/write-run-steps.js FOLDER`: writes each `run` step to a file of its own below FOLDER, for shellcheck. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { load } from 'js-yaml';

const out = argv[2];
if (out === undefined) throw new Error('usage: node .github/write-run-steps.js FOLDER');
mkdirSync(out, { recursive: true });

const root = import.meta.dirname;
const names = (folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const read = (file) => load(readFileSync(join(root, file), 'utf8'));

const groups = [
  ...names('workflows').flatMap((file) =>
    Object.entries(read(file).jobs).map(([id, { steps }]) => [`${file} ${id}`, steps]),
  ),
  ...names('actions').map((folder) => [folder, read(`${folder}/action.yml`).runs.steps]),
];
for (const [place, steps] of groups) {
  steps.forEach(({ run }, index) => {
    if (run === undefined) return;
    const name = `${place} step ${index + 1}`.replaceAll(/[^\w-]+/g, '-');
    writeFileSync(join(out, `${name}.sh`), `#!/usr/bin/env bash\nset -eo pipefail\n${run}`);
  });
}
