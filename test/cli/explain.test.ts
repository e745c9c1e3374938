import { allCodes } from '../../src/validate/codes.ts';
import { runCli } from '../support/test-host.ts';

const cwd = '/';

test('a code is explained anywhere, without a repository', async () => {
  const { exitCode, stdout, stderr } = await runCli(['explain', 'duplicate-id'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^duplicate-id: error\n/);
  expect(stdout).toContain(allCodes.get('duplicate-id')?.rationale);
});

test('a code with a slash is found, in any case', async () => {
  const { exitCode, stdout } = await runCli(['explain', 'KQL/Unknown-Table'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^kql\/unknown-table: /);
});

test('without a code, all are listed', async () => {
  const { exitCode, stdout } = await runCli(['explain'], { cwd });
  expect(exitCode).toBe(0);
  for (const code of allCodes.keys()) expect(stdout).toContain(`  ${code} `);
});

test.each([
  ['duplicat-id', 'did you mean "duplicate-id"?'],
  ['zzzzzzzzzz', 'kustodian explain lists the codes'],
])('%s is a usage error with a way on', async (code, hint) => {
  const { exitCode, stdout, stderr } = await runCli(['explain', code], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`there is no code "${code}"`);
  expect(stderr).toContain(hint);
});
