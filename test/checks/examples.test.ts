/** @jest-environment ./test/support/kusto-environment.js */
import type { CheckInfo } from '../../src/checks/check.ts';
import { completeExample, minimalDetection } from '../../src/checks/minimal-detection.ts';
import { checks, corpusChecks } from '../../src/checks/registry.ts';
import { runChecks, runCorpusChecks } from '../../src/checks/run-checks.ts';
import { loadDetection } from '../../src/detection/load-detection.ts';
import type { LoadedDetection } from '../../src/detection/loaded-detection.ts';
import { subjectOf } from '../support/check-query.ts';

/** Loads YAML that must load without a finding of the loader's. */
function load(yaml: string, file = 'detections/example.yaml'): LoadedDetection {
  const result = loadDetection(file, new TextEncoder().encode(yaml));
  expect(result.diagnostics).toEqual([]);
  if (result.type !== 'detection') throw new Error(`${result.type} instead of a detection`);
  return result.loaded;
}

function loadFiles(example: string): LoadedDetection[] {
  return example
    .split('\n---\n')
    .map((fragment, index) => load(completeExample(fragment), `detections/${index}.yaml`));
}

function examplesOf<Info extends CheckInfo>(list: readonly Info[], which: 'good' | 'bad') {
  return list.flatMap((check) =>
    check.examples[which].map((example, index): [string, Info, string] => [
      `${check.id} ${index + 1}`,
      check,
      example,
    ]),
  );
}

test.each(Object.entries(minimalDetection))('the minimal %s detection has nothing to find', (kind, yaml) => {
  const loaded = load(yaml);
  expect(loaded.detection.kind).toBe(kind);
  expect(runChecks(subjectOf(loaded))).toEqual([]);
});

test.each([...checks, ...corpusChecks])('$id has good and bad examples', ({ examples }) => {
  expect(examples.good.length).toBeGreaterThan(0);
  expect(examples.bad.length).toBeGreaterThan(0);
});

test.each(examplesOf(checks, 'good'))('good example of %s', (_, check, example) => {
  expect(runChecks(subjectOf(load(completeExample(example))), [check])).toEqual([]);
});

test.each(examplesOf(checks, 'bad'))('bad example of %s', (_, check, example) => {
  const found = runChecks(subjectOf(load(completeExample(example))), [check]);
  expect(found).not.toEqual([]);
  for (const { message, hint, span } of found) {
    expect(message).toMatch(/^[a-z].*[^.]$/);
    expect(hint).toMatch(/^[a-z].*[^.]$/);
    expect(span?.end.offset).toBeGreaterThan(span?.start.offset ?? Infinity);
  }
});

test.each(examplesOf(corpusChecks, 'good'))('good example of %s', (_, check, example) => {
  expect(runCorpusChecks(loadFiles(example), [check])).toEqual([]);
});

test.each(examplesOf(corpusChecks, 'bad'))('bad example of %s', (_, check, example) => {
  expect(runCorpusChecks(loadFiles(example), [check])).toMatchObject([
    { code: check.id, file: 'detections/1.yaml', related: [{ file: 'detections/0.yaml' }] },
  ]);
});

test.each([
  ['query: |\r\n  SigninLogs\r\n  | extend IPCustomEntity = IPAddress', 'IPCustomEntity'],
  ['alertDetailsOverride:\n  alertDescriptionFormat: >\n    {{A}} {{B}}\n    {{C}} {{D}}', '{{D}}'],
  ['techniques: [T1078, T1999]', 'T1999'],
  [
    'entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Adress\n        columnName: A',
    'Adress',
  ],
])('what is found in %j points at %s', (fragment, text) => {
  const loaded = load(completeExample(fragment));
  const places = runChecks(subjectOf(loaded)).map(({ span }) =>
    loaded.document.text.slice(span?.start.offset, span?.end.offset),
  );
  expect(places).toContain(text);
});
