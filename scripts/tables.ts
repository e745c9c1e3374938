#!/usr/bin/env node
/**
 * `node dist/scripts/tables.js FACTS`: writes the generated files of schemas/tables/ from a folder of published facts
 * (log-analytics-tables.json, solution-tables.json, asim.json). With `--check`, fails if one is not current.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compactFacts } from '../src/kql/schemas/compact-facts.ts';
import type { SchemaFacts } from '../src/kql/schemas/compact-facts.ts';

const folder = process.argv[2] ?? '';
const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
const facts = {
  azureMonitor: await read('log-analytics-tables.json'),
  solutions: await read('solution-tables.json'),
  asim: await read('asim.json'),
} as SchemaFacts;

for (const { name, text } of compactFacts(facts)) {
  const path = join('schemas/tables', name);
  if (!process.argv.includes('--check')) await writeFile(path, text);
  else if ((await readFile(path, 'utf8')) !== text) {
    console.error(`error: ${path} is not current; run this without --check`);
    process.exitCode = 1;
  }
}
