import { createEdge, type EdgeOptions } from '../../src/emulator/middleware/edge.ts';
import { readFaults } from '../../src/emulator/middleware/read-faults.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { alertRulesPath, call, countingGuids, createTestEmulator, fakeClock } from '../support/emulator.ts';

function emulatorBehind(options: EdgeOptions): { emulator: Emulator; waits: number[] } {
  const waits: number[] = [];
  const delay = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  const middleware = createEdge(options, { now: fakeClock().now, newGuid: countingGuids(), delay });
  return { emulator: createTestEmulator({ middleware }), waits };
}

async function statuses(emulator: Emulator, ...tokens: readonly (string | undefined)[]): Promise<number[]> {
  const found: number[] = [];
  for (const token of tokens) {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    found.push((await call(emulator, 'GET', alertRulesPath, undefined, { headers })).status);
  }
  return found;
}

test('without options nothing stands between', () => {
  const effects = { now: fakeClock().now, newGuid: countingGuids(), delay: () => Promise.resolve() };
  expect(createEdge({}, effects)).toEqual([]);
});

test('any token, or the one that is named, can be required', async () => {
  expect(await statuses(emulatorBehind({ token: 'any' }).emulator, undefined, 'x')).toEqual([401, 200]);
  const named = emulatorBehind({ token: { value: 'secret' } }).emulator;
  expect(await statuses(named, undefined, 'x', 'secret')).toEqual([401, 401, 200]);
});

test('a request meets the log, then latency, faults, authentication and the throttle', async () => {
  const log: unknown[] = [];
  const { emulator, waits } = emulatorBehind({
    log: ({ status }) => log.push(status),
    latencyMs: 20,
    faults: [{ fault: { kind: 'status', status: 503 } }],
    token: 'any',
    throttle: { limits: { reads: { bucket: 1, refillPerSecond: 1 } } },
  });
  expect(await statuses(emulator, undefined, undefined, 'x', 'x')).toEqual([503, 401, 200, 429]);
  expect(log).toEqual([503, 401, 200, 429]);
  expect(waits).toEqual([20, 20, 20, 20]);
});

test('a script of faults is read as it is', () => {
  const script = [
    {
      fault: {
        kind: 'status',
        status: 403,
        code: 'AuthorizationFailed',
        message: 'No.',
        headers: { a: 'b' },
      },
    },
    { method: 'PUT', path: '/alertRules/', skip: 1, times: 2, fault: { kind: 'lost-response' } },
    { fault: { kind: 'reset' } },
    { fault: { kind: 'latency', milliseconds: 5 } },
    { fault: { kind: 'slow-body', milliseconds: 5 } },
    { fault: { kind: 'body', body: '<html>', contentType: 'text/html' } },
    { fault: { kind: 'truncate', length: 3 } },
  ];
  expect(readFaults(JSON.stringify(script), 'faults.json')).toEqual(script);
});

test.each([
  ['[', 'it is not JSON'],
  ['{}', 'it must be array'],
  ['[{}]', `"/0" must have required property 'fault'`],
  ['[{"fault":{}}]', `"/0/fault" must have required property 'kind'`],
  ['[{"fault":{"kind":"explode"}}]', '"/0/fault/kind" must be equal to one of the allowed values'],
  ['[{"fault":{"kind":"status"}}]', `"/0/fault" must have required property 'status'`],
  ['[{"fault":{"kind":"status","status":200}}]', '"/0/fault/status" must be >= 300'],
  ['[{"fault":{"kind":"reset","status":500}}]', '"/0/fault" must NOT have additional properties'],
  ['[{"fault":{"kind":"reset"},"methd":"GET"}]', '"/0" must NOT have additional properties'],
  ['[{"fault":{"kind":"reset"},"times":0}]', '"/0/times" must be >= 1'],
])('%s is no script of faults: %s', (text, reason) => {
  expect(() => readFaults(text, 'faults.json')).toThrow(`"faults.json" is no script of faults: ${reason}`);
});
