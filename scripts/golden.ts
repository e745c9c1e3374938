#!/usr/bin/env node
/**
 * `npm run golden -- PATH`: compares what Kustodian compiles with what Microsoft's packager made of the same published
 * detections. PATH holds, at any depth, a compiled.json beside the YAML files that it names. Exit code 1 if any differ.
 */
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareWithPackager, readPackagedAlertRules } from '../src/compile/compare-with-packager.ts';
import { packagerDifferences, severityInvented } from '../src/compile/packager-differences.ts';

const [root] = process.argv.slice(2);
if (root === undefined) stop('usage: npm run golden -- PATH');

const entries = await readdir(root, { recursive: true }).catch(() =>
  stop(`cannot read the folder "${root}"`),
);
const compiledFiles = entries.filter((entry) => /(^|[\\/])compiled\.json$/.test(entry)).sort();
if (compiledFiles.length === 0) stop(`"${root}" holds no compiled.json`);

const uses = new Map<string, number>();
let pairs = 0;
let agreeing = 0;
for (const compiledFile of compiledFiles) {
  const packagedRules = readPackagedAlertRules(await readFile(join(root, compiledFile), 'utf8'));
  if (packagedRules === undefined) stop(`"${compiledFile}" is not a list of packaged alert rules`);
  for (const packaged of packagedRules) {
    const file = join(dirname(compiledFile), packaged.file);
    const bytes = await readFile(join(root, file)).catch(() => stop(`cannot read "${file}"`));
    pairs++;
    const comparison = compareWithPackager({ ...packaged, file }, bytes);
    if (comparison.type === 'not-loaded') {
      console.log(`${file}: does not load`);
      for (const { code, message } of comparison.diagnostics) console.log(`  ${message} [${code}]`);
      continue;
    }
    for (const rule of new Set(comparison.differences.map((difference) => difference.rule))) {
      uses.set(rule, (uses.get(rule) ?? 0) + 1);
    }
    if (comparison.disagreements.length === 0) agreeing++;
    for (const { pointer, ours, theirs } of comparison.disagreements) {
      console.log(`${file}: ${pointer}\n  ours:   ${show(ours)}\n  theirs: ${show(theirs)}`);
    }
  }
}

console.log('Differences on purpose, by the number of pairs that show them:');
for (const { id, reason } of [severityInvented, ...packagerDifferences]) {
  console.log(`${String(uses.get(id) ?? 0).padStart(5)}  ${id}: ${reason}`);
}
console.log(`${agreeing} of ${pairs} pairs agree`);
if (agreeing < pairs) process.exitCode = 1;

function show(value: unknown): string {
  return value === undefined ? '(absent)' : JSON.stringify(value);
}

function stop(message: string): never {
  console.error(`error: ${message}`);
  process.exit(2);
}
