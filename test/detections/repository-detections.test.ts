/** @jest-environment ./test/support/kusto-environment.js */
import { readdirSync, readFileSync } from 'node:fs';
import { runChecks, runCorpusChecks } from '../../src/checks/run-checks.ts';
import { compileDetection } from '../../src/compile/compile-detection.ts';
import { hasErrors } from '../../src/core/diagnostic.ts';
import { loadDetection } from '../../src/detection/load-detection.ts';
import { subjectOf } from '../support/check-query.ts';
import { buildEnvironment } from '../support/build-environment.ts';
import { loadYaml } from '../support/load-fixture.ts';

// Errors only: whoever forks this repository may live with a warning in a detection of their own.

const root = new URL('../../', import.meta.url);
const files = readdirSync(new URL('detections/', root), { encoding: 'utf8', recursive: true })
  .map((name) => `detections/${name.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.yaml') && !file.endsWith('.tests.yaml'))
  .sort();

const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

test.each(files)('%s is valid and compiles', (file) => {
  const loaded = loadYaml(read(file), file);
  const { resource, diagnostics } = compileDetection(loaded, buildEnvironment());
  expect([...runChecks(subjectOf(loaded)), ...diagnostics].filter((each) => each.severity === 'error')).toEqual([]);
  expect(resource?.name).toBe(loaded.detection.id);
});

test('no two detections share an id', () => {
  const all = files.map((file) => loadYaml(read(file), file));
  expect(hasErrors(runCorpusChecks(all))).toBe(false);
});

test('the complete example of the authoring page has no finding at all', () => {
  const yaml = /```yaml\n(.*?)```/s.exec(read('docs/authoring.md'))?.[1] ?? '';
  const { diagnostics } = loadDetection('docs/authoring.md', new TextEncoder().encode(yaml));
  expect(diagnostics).toEqual([]);
  expect(runChecks(subjectOf(loadYaml(yaml)))).toEqual([]);
});
