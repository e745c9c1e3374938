#!/usr/bin/env node
/** `npm run conformance -- PATH [--verbose]`: runs the cases of the JSON files in a folder through the engine. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runConformanceCase } from '../src/engine/conformance.ts';
import type { ConformanceCase } from '../src/engine/conformance.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false } },
});
const path = positionals[0];
if (path === undefined) throw new Error('usage: npm run conformance -- PATH [--verbose]');

for (const file of (await readdir(path)).filter((name) => name.endsWith('.json')).sort()) {
  const cases = JSON.parse(await readFile(join(path, file), 'utf8')) as readonly ConformanceCase[];
  const outcomes = cases.map(runConformanceCase);
  const of = (verdict: string): typeof outcomes => outcomes.filter((outcome) => outcome.verdict === verdict);
  const supported = outcomes.length - of('refused').length;
  const share = ((100 * of('right').length) / Math.max(1, supported)).toFixed(1);
  console.log(
    `${file}: ${outcomes.length} cases, ${of('right').length} right (${share} % of supported), ` +
      `${of('wrong').length} wrong, ${of('refused').length} refused`,
  );
  for (const verdict of ['wrong', 'refused']) {
    for (const { id, detail } of of(verdict))
      console.log(`  ${verdict} ${id}${values.verbose ? `: ${detail}` : ''}`);
  }
}
