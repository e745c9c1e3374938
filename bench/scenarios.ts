import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadConfig } from '../src/detection/load-config.ts';
import { loadDetection } from '../src/detection/load-detection.ts';
import { loadBuiltinSchema } from '../src/kql/schemas/builtin-schema.ts';
import { buildScenarios } from '../src/testing/build-scenarios.ts';
import { isTestsFile, loadTests, testsFileOf } from '../src/testing/load-tests.ts';
import { createPreparer } from '../src/testing/preparer.ts';
import { runScenario } from '../src/testing/run-scenario.ts';
import type { Figure } from './run.ts';

const wanted = 1_000;
const warmRuns = 20;

/**
 * The scenarios of the repository's own detections: how long one takes whose detection is bound already, its rows in reverse
 * included, and how long `kustodian test` takes as a process over a thousand.
 */
export async function benchScenarios(): Promise<readonly Figure[]> {
  const times = await timeWarm();
  const cold = await timeCold();
  return [
    { name: `warm scenario, of ${times.length / warmRuns}: median`, value: at(times, 0.5), unit: 'ms' },
    { name: 'warm scenario: p95', value: at(times, 0.95), unit: 'ms', target: 10 },
    { name: 'warm scenario: the slowest', value: at(times, 1), unit: 'ms' },
    { name: `kustodian test of ${cold.scenarios} scenarios`, value: cold.seconds, unit: 's', target: 15 },
  ];
}

/** The value that a share of sorted values does not exceed. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function timeWarm(): Promise<readonly number[]> {
  const schema = await loadBuiltinSchema();
  const { config } = loadConfig('kustodian.yaml', await readFile('kustodian.yaml'));
  const times: number[] = [];
  for (const testsFile of (await listFiles('detections')).filter(isTestsFile)) {
    const file = testsFile.replace('.tests.yaml', '.yaml');
    const result = loadDetection(file, await readFile(file));
    const { tests } = loadTests(testsFile, await readFile(testsFile));
    if (result.type !== 'detection' || tests === undefined) throw new Error(`${file} did not load`);
    const prepareFor = createPreparer(result.loaded, {
      schema,
      environments: config?.environments ?? new Map(),
    });
    for (const scenario of buildScenarios(tests, schema, new Map()).scenarios) {
      const preparation = prepareFor(scenario);
      if (!('prepared' in preparation)) throw new Error(`"${scenario.name}" does not run`);
      runScenario(preparation.prepared, scenario);
      for (let run = 0; run < warmRuns; run++) {
        const start = performance.now();
        const { verdict } = runScenario(preparation.prepared, scenario);
        times.push(performance.now() - start);
        if (verdict !== 'passed') throw new Error(`"${scenario.name}": ${verdict}`);
      }
    }
  }
  return times.sort((a, b) => a - b);
}

/** Files that tests name would have to be copied too; there are none. */
async function timeCold(): Promise<{ readonly scenarios: number; readonly seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'kustodian-bench-'));
  try {
    await writeFile(join(folder, 'kustodian.yaml'), await readFile('kustodian.yaml'));
    const scenarios = await fillWithScenarios(folder);
    const entry = join(process.cwd(), 'dist/scripts/kustodian.js');
    const start = performance.now();
    const text = execFileSync(process.execPath, [entry, 'test'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const seconds = (performance.now() - start) / 1_000;
    const passed = text.match(/^\[PASS\]/gm)?.length ?? 0;
    if (passed !== scenarios) throw new Error(`${passed} of ${scenarios} scenarios passed`);
    return { scenarios, seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Copies detections with their tests until there are enough scenarios, each detection under an id of its own. */
async function fillWithScenarios(folder: string): Promise<number> {
  const testsFiles = (await listFiles('detections')).filter(isTestsFile);
  let scenarios = 0;
  for (let copy = 0; scenarios < wanted; copy++) {
    for (const testsFile of testsFiles) {
      if (scenarios >= wanted) break;
      const file = testsFile.replace('.tests.yaml', '.yaml');
      const id = `${String(copy).padStart(8, '0')}-0000-4000-8000-${String(scenarios).padStart(12, '0')}`;
      const detection = (await readFile(file, 'utf8')).replace(/^id: .*$/m, `id: ${id}`);
      const target = join(folder, file.replace('detections/', `detections/${copy}/`));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, detection);
      const tests = await readFile(testsFile, 'utf8');
      await writeFile(testsFileOf(target), tests);
      scenarios += tests.match(/^ {2}- name: /gm)?.length ?? 0;
    }
  }
  return scenarios;
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.map((file) => `${folder}/${file.replaceAll('\\', '/')}`).sort();
}
