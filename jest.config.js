/** Runs the TypeScript sources as native ESM: NODE_OPTIONS=--experimental-vm-modules (see package.json). */
export default {
  testEnvironment: '<rootDir>/test/support/kusto-environment.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  randomize: true,
  /** The first test of a file pays for loading the parser, on a busy machine more than jest's five seconds. */
  testTimeout: 30_000,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2022',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
