import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { TestEnvironment } from 'jest-environment-node';

const require = createRequire(import.meta.url);

/**
 * A test environment whose sandbox shares one Kusto parser with every test file of the worker: loading it takes a second,
 * and a sandbox would load it anew for each file. Use it with the docblock
 * `@jest-environment ./test/support/kusto-environment.js`.
 */
export default class KustoEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of ['Bridge', 'Kusto']) {
      Object.defineProperty(this.global, name, { configurable: true, get: () => loadParser()[name] });
    }
  }
}

/** The parser in the outer realm; Node's module cache keeps it. */
function loadParser() {
  if (globalThis.Kusto === undefined) {
    setFlagsFromString('--max-semi-space-size=64');
    require('@kusto/language-service-next/bridge.min.js');
    require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  }
  return globalThis;
}
