import { readdirSync, readFileSync } from 'node:fs';

/** Calls of the port's writes, whatever the store is called. */
const write = /\b\w*[sS]tore\.(put|delete)\(/;

test('only deploy/ writes to a workspace', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const writers = files.filter((file) => write.test(readFileSync(`src/${file}`, 'utf8')));
  expect(writers.length).toBeGreaterThan(0);
  expect(writers.filter((file) => !file.startsWith('deploy/'))).toEqual([]);
});

test('plans are applied in one place of the command line, for every verb', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const appliers = files.filter((file) => /\bapplyPlan\(/.test(readFileSync(`src/${file}`, 'utf8')));
  expect(appliers.sort()).toEqual(['cli/carry-out.ts', 'cli/deploy-corpus.ts', 'deploy/apply-plan.ts']);
});
