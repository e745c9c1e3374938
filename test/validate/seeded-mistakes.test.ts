/** @jest-environment ./test/support/kusto-environment.js */
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { checks, corpusChecks } from '../../src/checks/registry.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { detectionCodes } from '../../src/detection/codes.ts';
import { kqlCodes } from '../../src/kql/codes.ts';
import { prepareEnvironment } from '../../src/validate/prepare-environment.ts';
import { validateContent } from '../../src/validate/validate-content.ts';
import { buildEnvironment } from '../support/build-environment.ts';
import { createMemoryFileSystem } from '../support/memory-file-system.ts';
import { readSeededMistakes, type SeededMistake } from '../support/seeded-mistakes.ts';

const mistakes = readSeededMistakes();

/** Everything that `kustodian validate` says of the files of a mistake. */
async function findIn({ files }: SeededMistake): Promise<readonly Diagnostic[]> {
  const named = Object.fromEntries(files.map((yaml, index) => [`detections/${index}.yaml`, yaml]));
  const schema = await loadBuiltinSchema();
  const content = await validateContent(createMemoryFileSystem(named), Object.keys(named), { schema });
  const { diagnostics } = prepareEnvironment(content.loaded, buildEnvironment(), schema);
  return [...content.diagnostics, ...diagnostics];
}

test.each(mistakes.map((mistake, index) => ({ ...mistake, number: index + 1 })))(
  '$number: $code at $at',
  async (mistake) => {
    const found = await findIn(mistake);
    const last = `detections/${mistake.files.length - 1}.yaml`;
    const places = found
      .filter(({ code, file }) => code === mistake.code && file === last)
      .map(({ span }) => (span ? `${span.start.line}:${span.start.column}` : '-'));
    expect(places).toContain(mistake.at);
    const alien = found.filter(({ code, severity }) => code !== mistake.code && severity === 'error');
    expect(alien).toEqual([]);
  },
);

test('there is a mistake for every code of a detection', () => {
  const elsewhere = new Set([
    // Not text, or too much of it: test/detection/parse-yaml.test.ts.
    'file-too-large',
    'not-utf8',
    'yaml-too-complex',
    // Of kustodian.yaml only.
    'too-few-items',
    // Of a function that the user adds.
    'kql/function-body',
  ]);
  const seeded = new Set(mistakes.map(({ code }) => code));
  const codes = [...checks, ...corpusChecks, ...detectionCodes, ...kqlCodes].map(({ id }) => id);
  expect(codes.filter((code) => !seeded.has(code) && !elsewhere.has(code))).toEqual([]);
});

test('there are enough', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(60);
});
