import { loadConfig } from '../../src/detection/load-config.ts';
import { checkLevels } from '../../src/validate/check-levels.ts';
import { allCodes } from '../../src/validate/codes.ts';
import { bytesOf, summarise } from '../support/load-text.ts';

function check(...lines: readonly string[]) {
  const text = [
    'owner: a',
    'environments: { local: { cloud: local } }',
    'checks:',
    ...lines.map((line) => `  ${line}`),
  ];
  const { config, diagnostics } = loadConfig('kustodian.yaml', bytesOf(text.join('\n')));
  return config === undefined ? diagnostics : checkLevels(config, allCodes);
}

test('warnings can be set to anything, and what can be milder, too', () => {
  expect(
    check('connectors-missing: off', 'id-not-guid: error', 'unknown-tactic: info', 'duplicate-id: error'),
  ).toEqual([]);
});

test('a code that does not exist is an error at its key, with the nearest one', () => {
  const found = check('id-no-guid: off');
  expect(summarise(found)).toEqual(['error unknown-code 4:3-4:13 there is no code "id-no-guid"']);
  expect(found[0]?.hint).toBe('did you mean "id-not-guid"?');
});

test.each(['off', 'info', 'warning'])('what the service refuses cannot be %s', (level) => {
  expect(check(`duplicate-id: ${level}`)).toMatchObject([
    { code: 'code-not-configurable', severity: 'error', span: { start: { line: 4, column: 3 } } },
  ]);
});

test.each(['never', 'on', 'false', '3'])('%s is no severity', (level) => {
  expect(check(`id-not-guid: ${level}`)).toMatchObject([{ severity: 'error', span: { start: { line: 4 } } }]);
});
