#!/usr/bin/env node
/**
 * `npm run conformance -- PATH [--verbose]`: runs the cases of the JSON files in a folder through the engine. Exits 1 if a
 * wrong case is not among the exceptions of test/engine/conformance-exceptions.json, if one of those is wrong no longer, or
 * if too few are right or too many refused.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ConformanceCase } from '../src/engine/conformance.ts';
import { judgeConformance, percent } from '../src/engine/judge-conformance.ts';

const exceptionsFile = 'test/engine/conformance-exceptions.json';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false } },
});
const path = positionals[0];
if (path === undefined) throw new Error('usage: npm run conformance -- PATH [--verbose]');

const exceptions = JSON.parse(await readFile(exceptionsFile, 'utf8')) as Readonly<Record<string, string>>;
for (const file of (await readdir(path)).filter((name) => name.endsWith('.json')).sort()) {
  const all = JSON.parse(await readFile(join(path, file), 'utf8')) as readonly ConformanceCase[];
  const { cases, outcomes, failures } = judgeConformance(file, all, exceptions);
  const of = (verdict: string): typeof outcomes => outcomes.filter((outcome) => outcome.verdict === verdict);
  const [right, wrong, refused] = [of('right').length, of('wrong').length, of('refused').length];
  console.log(
    `${file}: ${cases} cases, ${right} right (${percent(right / Math.max(1, right + wrong))} of supported), ` +
      `${wrong} wrong, ${refused} refused (${percent(refused / Math.max(1, cases))})`,
  );
  for (const { id, verdict, detail } of [...of('wrong'), ...of('refused')]) {
    const reason = exceptions[id];
    const why = reason === undefined ? '' : ` (listed: ${reason})`;
    console.log(`  ${verdict} ${id}${values.verbose ? `: ${detail}` : ''}${why}`);
  }
  for (const failure of failures) console.log(`  FAILED ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}
