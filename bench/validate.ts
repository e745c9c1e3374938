import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createNodeFileSystem } from '../src/cli/node-file-system.ts';
import { loadDetection } from '../src/detection/load-detection.ts';
import { loadLanguageService } from '../src/kql/language-service.ts';
import { loadBuiltinSchema } from '../src/kql/schemas/builtin-schema.ts';
import { globalsFor } from '../src/kql/schemas/workspace-symbols.ts';
import { openFindingsCache } from '../src/validate/findings-cache.ts';
import { isContentFile, validateContent } from '../src/validate/validate-content.ts';
import type { Figure } from './run.ts';

/** Validating a corpus, against a bare loop of Microsoft's parser over the same queries; then with nothing or one file changed. */
export async function benchValidate(corpus: string): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kustodian-bench-'));
  try {
    await cp(corpus, join(folder, 'detections'), { recursive: true });
    await writeFile(
      join(folder, 'kustodian.yaml'),
      'owner: bench\nenvironments:\n  local:\n    cloud: local\n',
    );
    return await measure(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<readonly Figure[]> {
  const fs = createNodeFileSystem(folder);
  const files = (await fs.listFiles('detections')).filter(isContentFile);
  const schema = await loadBuiltinSchema();
  const service = loadLanguageService();
  const queries = await readQueries(fs, files);
  const parsed = queries.map((query) => ({ query, globals: globalsFor(service, schema, query) }));
  for (const { query, globals } of parsed.slice(0, 100))
    service.library.KustoCode.ParseAndAnalyze(query, globals);

  const bare = time(() => {
    for (const { query, globals } of parsed) service.library.KustoCode.ParseAndAnalyze(query, globals);
  });
  const first = await timeAsync(() => validateContent(fs, files, { schema }));
  const memory = process.memoryUsage().rss / 1_048_576;

  const filled = await openFindingsCache(fs, 'bench');
  await validateContent(fs, files, { schema, cache: filled });
  await filled.save();
  const again = await timeAsync(async () => {
    const cache = await openFindingsCache(fs, 'bench');
    await validateContent(fs, files, { schema, cache });
    await cache.save();
  });
  const oneChanged = await timeOneChanged(folder, files[0] ?? '');
  return [
    { name: `validate ${files.length} files`, value: first, unit: 'ms' },
    { name: 'validate, to a bare ParseAndAnalyze loop', value: first / bare, unit: 'times', target: 1.15 },
    {
      name: 'validate again with nothing changed, faster by',
      value: first / again,
      unit: 'times',
      target: 20,
      atLeast: true,
    },
    {
      name: 'validate with one file changed, from a cold process',
      value: oneChanged,
      unit: 'ms',
      target: 2_000,
    },
    { name: 'memory after validating', value: memory, unit: 'MB', target: 500 },
  ];
}

async function readQueries(
  fs: ReturnType<typeof createNodeFileSystem>,
  files: readonly string[],
): Promise<readonly string[]> {
  const queries: string[] = [];
  for (const file of files) {
    const result = loadDetection(file, await fs.readFile(file));
    if (result.type === 'detection' && 'query' in result.loaded.detection)
      queries.push(result.loaded.detection.query);
  }
  return queries;
}

/** The built CLI as a process of its own, once to fill its cache, then after a change to one file. */
async function timeOneChanged(folder: string, file: string): Promise<number> {
  const entry = join(process.cwd(), 'dist/scripts/kustodian.js');
  const run = (): void => {
    try {
      execFileSync(process.execPath, [entry, 'validate', '--format', 'json'], {
        cwd: folder,
        stdio: 'ignore',
      });
    } catch {
      // The corpus has findings, so the exit code is 1.
    }
  };
  run();
  const text = await readFile(join(folder, file), 'utf8');
  await writeFile(join(folder, file), `${text}\n# changed\n`);
  return time(run);
}

function time(task: () => void): number {
  const start = performance.now();
  task();
  return performance.now() - start;
}

async function timeAsync(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}
