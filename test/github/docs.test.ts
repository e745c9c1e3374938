import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';

interface Example {
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

const examples = ['docs/deploying.md', 'docs/deploying-other-ci.md'].flatMap((file): Example[] => {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^( *)```(\w+)\n(.*?)^\1```$/gms)].map(
    ([, , language = '', code = ''], index) => ({
      place: `${file}, example ${index + 1}`,
      language,
      code,
    }),
  );
});
const inLanguage = (wanted: string): Example[] => examples.filter(({ language }) => language === wanted);

test('every example says what it is', () => {
  expect(new Set(examples.map(({ language }) => language))).toEqual(new Set(['bash', 'yaml']));
});

test.each(inLanguage('bash'))('$place is bash that can be pasted', ({ code }) => {
  const { stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(code).not.toMatch(/^\s*\$ /m);
});

test.each(inLanguage('yaml'))('$place is YAML', ({ code }) => {
  expect(loadAll(code)).toHaveLength(1);
});

test('the commands for GitHub start workflows with inputs that they have', () => {
  const started = inLanguage('bash').flatMap(({ code }) => [...code.matchAll(/gh workflow run (\S+) (.*)/g)]);
  expect(started.length).toBeGreaterThan(0);
  for (const [, file = '', flags = ''] of started) {
    const workflow = readFileSync(`.github/workflows/${file}`, 'utf8');
    for (const [, input = ''] of flags.matchAll(/-f ([\w-]+)=/g))
      expect(workflow).toContain(`      ${input}:\n`);
  }
});

test('no pipeline of the docs deploys without a saved plan and its digest', () => {
  const pipelines = inLanguage('yaml').filter(({ code }) => code.includes('npm run -s deploy'));
  expect(pipelines).toHaveLength(2);
  for (const { code } of pipelines) {
    const joined = code.replaceAll(/\\\n\s*/g, '');
    const deploys = joined.match(/npm run -s deploy .*/g) ?? [];
    expect(deploys).toHaveLength(1);
    expect(deploys[0]).toMatch(/--plan \S+ --plan-digest \S+ --yes/);
    expect(joined).toMatch(/npm run -s plan .*--out plan\.json/);
  }
});
