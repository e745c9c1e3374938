import { toMissingPackage } from '../../src/core/missing-package.ts';

test.each([
  [
    "Cannot find package '@azure/identity' imported from /app/dist/src/azure/sdk-credential.js",
    'the package "@azure/identity" is not installed',
  ],
  [
    "Cannot find module '/app/dist/src/cli/main.js'",
    'the module "/app/dist/src/cli/main.js" is not installed',
  ],
  ['something else', 'a package that this needs is not installed'],
])('an import that finds nothing is an incomplete installation: %s', (message, said) => {
  const error = Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
  expect(toMissingPackage(error)).toMatchObject({
    code: 'installation-incomplete',
    message: said,
    hint: expect.stringContaining('npm ci') as unknown,
  });
});

test.each([new Error('x'), Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'x', null])(
  'anything else is not: %s',
  (error) => {
    expect(toMissingPackage(error)).toBeUndefined();
  },
);
