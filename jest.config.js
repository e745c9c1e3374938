/** Runs the TypeScript sources as native ESM: NODE_OPTIONS=--experimental-vm-modules (see package.json). */
export default {
  testEnvironment: '<rootDir>/test/support/kusto-environment.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  randomize: true,
  /** A worker never gives back what the modules of a test file took; past this, a new one goes on faster. */
  workerIdleMemoryLimit: '1GB',
  maxWorkers: '100%',
  /** The first test of a file pays for loading the parser, on a busy machine far more than five seconds. */
  testTimeout: 60_000,
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
