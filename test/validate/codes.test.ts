/** @jest-environment ./test/support/kusto-environment.js */
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { readFile, readdir } from 'node:fs/promises';
import { completeExample } from '../../src/checks/minimal-detection.ts';
import { checkCodes } from '../../src/checks/check-codes.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { loadConfig } from '../../src/detection/load-config.ts';
import { applyPolicy } from '../../src/validate/apply-policy.ts';
import { checkLevels } from '../../src/validate/check-levels.ts';
import { allCodes, codeGroups } from '../../src/validate/codes.ts';
import { prepareEnvironment } from '../../src/validate/prepare-environment.ts';
import { validateContent } from '../../src/validate/validate-content.ts';
import { createMemoryFileSystem } from '../support/memory-file-system.ts';

const explained = codeGroups.flatMap(({ codes }) => codes).filter((info) => !checkCodes.includes(info));

/** Where the sources give a code to a diagnostic: as a member, as a fallback, or as the first argument of a helper. */
const emissions = [
  /\bcode: ([^,;{}]*)/g,
  /text\('diagnosticCode'\) \?\? ('[a-z-]+')/g,
  /(?:#report|refuse|sameCode|toDiagnostic)\(\s*('[a-z/-]+')/g,
];

/** The codes that stand in the sources of the rooms that make diagnostics, and in the schemas. */
async function findEmittedCodes(): Promise<ReadonlySet<string>> {
  const files = await Promise.all(
    ['src/detection', 'src/compile', 'src/validate', 'src/kql', 'src/engine', 'src/testing', 'src/cli'].map(
      async (room) => (await readdir(room, { recursive: true })).map((name) => `${room}/${name}`),
    ),
  );
  const sources = files.flat().filter((name) => name.endsWith('.ts') && !name.endsWith('/codes.ts'));
  const texts = await Promise.all(sources.map((name) => readFile(name, 'utf8')));
  const inSources = texts.flatMap((text) =>
    emissions.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap(([, expression = '']) =>
        [...expression.matchAll(/'((?:kql\/)?[a-z0-9]+(?:-[a-z0-9]+)*)'/g)].map(([, code = '']) => code),
      ),
    ),
  );
  const schemas = await Promise.all(
    ['config', 'detection', 'tests'].map((name) => readFile(`schemas/${name}.schema.json`, 'utf8')),
  );
  const inSchemas = [...schemas.join('').matchAll(/"diagnosticCode": "([a-z-]+)"/g)].map(
    ([, code = '']) => code,
  );
  // `severity === 'error' ? 'a' : 'b'` names a severity, too.
  return new Set([...inSources, ...inSchemas].filter((code) => code !== 'error'));
}

test('every code that the tool can give a diagnostic is explained', async () => {
  const emitted = await findEmittedCodes();
  expect(emitted.size).toBeGreaterThan(40);
  expect([...emitted].filter((code) => !allCodes.has(code))).toEqual([]);
});

test('no code is explained that the tool cannot give', async () => {
  const emitted = await findEmittedCodes();
  // A file that cannot be read keeps the code of the error.
  const never = explained.map(({ id }) => id).filter((id) => !emitted.has(id) && id !== 'file-unreadable');
  expect(never).toEqual([]);
});

test('a code is explained once', () => {
  const ids = codeGroups.flatMap(({ codes }) => codes.map(({ id }) => id));
  expect(ids).toEqual([...new Set(ids)]);
});

test.each([...allCodes.values()])(
  '$id is explained in whole sentences',
  ({ summary, rationale, remedy = 'Do.' }) => {
    for (const text of [summary, rationale, remedy]) expect(text).toMatch(/^[^\s].*[.]$/s);
  },
);

/** Everything that `kustodian validate` says of an example: a fragment of a detection, or several files. */
async function findIn(example: string): Promise<readonly Diagnostic[]> {
  const parts = example.split('\n---\n');
  const config =
    parts.find((part) => part.startsWith('# kustodian.yaml')) ??
    'owner: tests\nenvironments:\n  local:\n    cloud: local\n';
  const fragments = parts.filter((part) => part !== config);
  const detections = fragments.length === 0 ? ['severity: Medium'] : fragments;
  const fs = createMemoryFileSystem(
    Object.fromEntries(detections.map((part, index) => [`detections/${index}.yaml`, completeExample(part)])),
  );
  const loaded = loadConfig('kustodian.yaml', new TextEncoder().encode(config));
  if (loaded.config === undefined) return loaded.diagnostics;
  const schema = await loadBuiltinSchema();
  const content = await validateContent(fs, [...fs.files.keys()], { schema });
  const prepared = [...loaded.config.environments.values()].flatMap((environment) => [
    ...prepareEnvironment(content.loaded, environment, schema).diagnostics,
  ]);
  const found = [
    ...loaded.diagnostics,
    ...checkLevels(loaded.config, allCodes),
    ...content.diagnostics,
    ...prepared,
  ];
  const { suppressions } = content;
  return applyPolicy(found, { codes: allCodes, levels: new Map(), suppressions, complete: true }).diagnostics;
}

function examplesOf(which: 'good' | 'bad'): (readonly [string, string, string])[] {
  return explained.flatMap(({ id, examples }) =>
    (examples?.[which] ?? []).map((example, index) => [`${id} ${index + 1}`, id, example] as const),
  );
}

test.each(examplesOf('good'))('good example of %s', async (_, id, example) => {
  const codes = (await findIn(example)).map(({ code }) => code);
  expect(codes).not.toContain(id);
});

test.each(examplesOf('bad'))('bad example of %s', async (_, id, example) => {
  const found = (await findIn(example)).filter(({ code }) => code === id);
  const { severity, milder } = allCodes.get(id) ?? {};
  expect(found).not.toEqual([]);
  for (const diagnostic of found) expect([severity, milder?.severity]).toContain(diagnostic.severity);
});
