import { buildTemplateFiles, type TemplateFile } from '../../src/compile/arm-template-files.ts';
import type { ArmTemplate } from '../../src/compile/arm-template.ts';
import type { DesiredResource } from '../../src/sentinel/desired-resource.ts';
import { buildDesired, buildHuntingQuery, buildScheduledRule } from '../support/build-resources.ts';

const options = {
  owner: 'contoso-soc',
  apiVersion: '2025-10-01-preview',
  workspace: 'law-staging',
  detectionsFolder: 'content',
};

function at(file: string, name = file): DesiredResource {
  return buildDesired(name, buildScheduledRule(), { file });
}

function many(count: number, query = 'SigninLogs'): readonly DesiredResource[] {
  return Array.from({ length: count }, (_, index) => buildDesired(`h${index}`, buildHuntingQuery({ query })));
}

function templateOf({ content }: TemplateFile): ArmTemplate {
  return JSON.parse(content) as ArmTemplate;
}

function bytesOf({ content }: TemplateFile): number {
  return new TextEncoder().encode(content).length;
}

test.each<[readonly string[], readonly string[]]>([
  [['content/impact/x.yaml'], ['detections/impact/x.json']],
  [['content/x.yml'], ['detections/x.json']],
  [['contents/x.yaml'], ['detections/contents/x.json']],
  [
    ['content/a/x.yaml', 'content/a/x.yml', 'content/b/x.yaml'],
    ['detections/a/x.yaml.json', 'detections/a/x.yml.json', 'detections/b/x.json'],
  ],
  // One file on a file system that does not tell cases apart.
  [
    ['content/X.yaml', 'content/x.yml'],
    ['detections/X.yaml.json', 'detections/x.yml.json'],
  ],
])('%j are built to %j', (files, paths) => {
  const { single } = buildTemplateFiles(
    files.map((file) => at(file)),
    options,
  );
  expect(single.map(({ path }) => path)).toEqual(paths);
});

test('a file of one detection holds its metadata and its resource', () => {
  const { single } = buildTemplateFiles([at('content/x.yaml', 'r1'), at('content/y.yaml', 'r2')], options);
  expect(single.map(({ detections }) => detections)).toEqual([['r1'], ['r2']]);
  expect(single.map((file) => templateOf(file).resources.length)).toEqual([2, 2]);
});

test('the same input gives the same bytes, which end in a line feed', () => {
  const desired = [at('content/x.yaml', 'r1'), ...many(3)];
  const first = buildTemplateFiles(desired, options);
  expect(buildTemplateFiles(desired, options)).toEqual(first);
  for (const { content } of [...first.single, ...first.combined]) expect(content).toMatch(/[^\n]\n$/);
});

test('nothing to deploy needs no combined template', () => {
  expect(buildTemplateFiles([], options)).toEqual({ single: [], combined: [] });
});

test('combined templates hold every detection once, in order, and at most 800 resources', () => {
  const desired = many(801);
  const { combined } = buildTemplateFiles(desired, options);
  expect(combined.map(({ path }) => path)).toEqual(['combined-1.json', 'combined-2.json', 'combined-3.json']);
  expect(combined.map((file) => templateOf(file).resources.length)).toEqual([800, 800, 2]);
  expect(combined.flatMap(({ detections }) => detections)).toEqual(desired.map(({ name }) => name));
});

test('combined templates are at most 4 MB long, counted in bytes', () => {
  // Two bytes a character, so that a limit on characters would be missed.
  const desired = many(20, 'é'.repeat(250_000));
  const { combined } = buildTemplateFiles(desired, options);
  const limit = 4 * 1_024 * 1_024;
  for (const file of combined) expect(bytesOf(file)).toBeLessThanOrEqual(limit);
  expect(combined.map(({ detections }) => detections.length)).toEqual([8, 8, 4]);
  expect(combined.flatMap(({ detections }) => detections)).toEqual(desired.map(({ name }) => name));
});

test('a resource that no template can hold is refused by its file', () => {
  const desired = buildDesired('h1', buildHuntingQuery({ query: 'x'.repeat(1_100_000) }), {
    file: 'big.yaml',
  });
  expect(() => buildTemplateFiles([desired], options)).toThrow(
    /^the resource of "big\.yaml" has 1100\d{3} bytes; an ARM template takes 1048576$/,
  );
});
