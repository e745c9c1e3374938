/** @jest-environment ./test/support/kusto-environment.js */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { loadConfig } from '../../src/detection/load-config.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { emitDetection } from '../../src/testing/emit-kql/emit-detection.ts';
import { isSameResult } from '../../src/testing/emit-kql/is-same-result.ts';
import { createEngineRunner } from '../../src/testing/emit-kql/query-runner.ts';
import type { QueryAnswer, QueryRunner } from '../../src/testing/emit-kql/query-runner.ts';
import { loadTests, testsFileOf } from '../../src/testing/load-tests.ts';
import { testDetection } from '../../src/testing/test-detection.ts';
import { loadYaml } from '../support/load-fixture.ts';
import { at } from '../support/run-kql.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): Buffer => readFileSync(new URL(file, root));
const files = readdirSync(new URL('detections/', root), { encoding: 'utf8', recursive: true })
  .map((name) => `detections/${name.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.yaml') && existsSync(new URL(testsFileOf(file), root)))
  .sort();

test.each(files)('every scenario of %s is a query that gives its rows by itself', async (file) => {
  const { tests } = loadTests(testsFileOf(file), read(testsFileOf(file)));
  const environments = loadConfig('kustodian.yaml', read('kustodian.yaml')).config!.environments;
  const context = { schema: await loadBuiltinSchema(), environments };
  const tested = testDetection(loadYaml(String(read(file)), file), tests, { ...context, files: new Map() });
  const answers = new Map<string, QueryAnswer>();
  // An engine in a workspace without anything, at another time than any scenario's.
  const engine = createEngineRunner(at('2031-05-05T05:05:05Z'));
  const runner: QueryRunner = {
    async run(query) {
      const answer = await engine.run(query);
      answers.set(query, answer);
      return answer;
    },
  };
  const { queries, diagnostics } = await emitDetection(tested, context, runner);
  expect(diagnostics).toEqual([]);
  expect(queries.map(({ scenario }) => scenario.name)).toEqual(tested.results.map(({ scenario }) => scenario.name));
  for (const [index, { query }] of queries.entries()) {
    const answer = answers.get(query)!;
    if ('problem' in answer) throw new Error(`${answer.problem.message}:\n${query}`);
    expect(isSameResult(answer.rows, tested.results[index]!.run!.result)).toBe(true);
    expect(query).not.toMatch(/\n\s*\n/);
  }
});
