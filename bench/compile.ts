import { readFile, readdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { load } from 'js-yaml';
import { hasErrors } from '../src/core/diagnostic.ts';
import { compileDetection } from '../src/compile/compile-detection.ts';
import { findEnvironment, loadConfig } from '../src/detection/load-config.ts';
import { loadDetection } from '../src/detection/load-detection.ts';
import type { Figure } from './run.ts';

const count = 1_000;
const runs = 5;

/** Load, schema and compile of 1,000 detections, against plain js-yaml over the same text. */
export async function benchCompile(): Promise<readonly Figure[]> {
  const { config } = loadConfig('kustodian.yaml', await readFile('kustodian.yaml'));
  if (!config) throw new Error('kustodian.yaml did not load');
  const environment = findEnvironment(config, 'local');
  const texts = await buildDetections();
  const bytes = texts.map((text) => new TextEncoder().encode(text));

  const floor = median(() => {
    for (const text of texts) load(text);
  });
  const whole = median(() => {
    for (const [index, content] of bytes.entries()) {
      const result = loadDetection(`detection-${index}.yaml`, content);
      if (result.type !== 'detection') throw new Error(`detection ${index} did not load`);
      const compiled = compileDetection(result.loaded, environment);
      if (hasErrors(compiled.diagnostics) || !compiled.resource) throw new Error(`detection ${index} failed`);
    }
  });
  const name = `load + schema + compile of ${count} detections`;
  return [
    { name, value: whole, unit: 'ms', target: 2_000 },
    { name: `${name}, to plain YAML load`, value: whole / floor, unit: 'times' },
  ];
}

/** The repository's own detections, again and again, each time under an id of its own. */
async function buildDetections(): Promise<readonly string[]> {
  const files = (await readdir('detections', { recursive: true })).filter(
    (file) => file.endsWith('.yaml') && !file.endsWith('.tests.yaml'),
  );
  const originals = await Promise.all(files.sort().map((file) => readFile(`detections/${file}`, 'utf8')));
  return Array.from({ length: count }, (_, index) =>
    (originals[index % originals.length] ?? '').replace(
      /^id: .*$/m,
      `id: 00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    ),
  );
}

function median(task: () => void): number {
  task(); // warm
  const measured = Array.from({ length: runs }, () => {
    const start = performance.now();
    task();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return measured[Math.floor(measured.length / 2)] ?? 0;
}
