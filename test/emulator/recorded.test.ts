import { readFileSync } from 'node:fs';
import { readExchanges, supersededBy, type Exchange } from '../../src/emulator/recorded/exchange.ts';
import { compareBodies, compareHeaders } from '../../src/emulator/recorded/compare-answers.ts';
import { renderReplay } from '../../src/emulator/recorded/render-replay.ts';
import { replayRecorded } from '../../src/emulator/recorded/replay-recorded.ts';
import type { JsonValue } from '../../src/core/json.ts';

const exchanges = readExchanges(
  readFileSync(new URL('../fixtures/emulator/exchanges.json', import.meta.url), 'utf8'),
);

test('exchanges in the form of recorded ones are answered alike, with what they take for granted put there first', async () => {
  const results = await replayRecorded(exchanges);
  expect(results.map(({ outcome, details }) => [outcome, ...details])).toEqual([
    ...Array.from({ length: exchanges.length - 1 }, () => ['passed']),
    ['skipped', 'the service answers the same request otherwise since: hunts, later'],
  ]);
});

test.each<readonly [string, (exchange: Exchange) => Exchange, RegExp]>([
  ['status', (exchange) => ({ ...exchange, status: 202 }), /^status 202 was recorded, 201 was answered/],
  [
    'a member more',
    (exchange) => ({ ...exchange, response_body: { ...(exchange.response_body as object), systemData: {} } }),
    /^\/: the members .*systemData were recorded, /,
  ],
  [
    'a header',
    (exchange) => ({ ...exchange, response_headers: { 'Cache-Control': 'public', ETag: 'x' } }),
    /^header cache-control: "public" was recorded, "no-cache" was answered$/,
  ],
])('an answer that differs in %s is a failure that says so', async (_, change, detail) => {
  const [result] = await replayRecorded([change(exchanges[0]!)]);
  expect(result?.outcome).toBe('failed');
  expect(result?.details[0]).toMatch(detail);
});

const time = '2020-12-10T21:19:33.400946Z';
const etag = '"c2000ee0-0000-0100-0000-5fd2911b0000"';
const same: readonly (readonly [JsonValue, JsonValue])[] = [
  [{ at: time }, { at: '2026-01-01T00:00:00Z' }],
  [{ etag }, { etag: '"00000001-0000-0100-0000-69c3928d0000"' }],
  [{ id: 'd65a3750-5f16-4b60-a0c2-ca1ee7a40899' }, { id: '00000000-0000-4000-8000-000000000001' }],
  [{ message: "no 'x' in 'd65a3750-5f16-4b60-a0c2-ca1ee7a40899'." }, { message: "no 'x' in '<guid>'." }],
  [{ query: '<elided>' }, { query: 'anything at all' }],
  [{ text: 'starts (so) <cut in' }, { text: 'starts (so) and goes on' }],
  [
    { kind: 'Fusion', properties: { tactics: ['A'] } },
    { kind: 'Fusion', properties: { tactics: ['A', 'B'] } },
  ],
  [null, null],
];

test.each(same)('%j and %j are the same answer', (recorded, actual) => {
  expect(compareBodies(recorded, actual)).toEqual([]);
});

const different: readonly (readonly [JsonValue, JsonValue | undefined, string])[] = [
  [{ a: null }, { a: 1 }, '/a: null was recorded, a number was answered'],
  [{ a: 1 }, { a: '1' }, '/a: a number was recorded, a string was answered'],
  [{ a: 1 }, { a: 2 }, '/a: 1 was recorded, 2 was answered'],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, '/: the members a,b were recorded, b,a were answered'],
  [{ a: [] }, { a: null }, '/a: a list was recorded, null was answered'],
  [{ a: [1] }, { a: [] }, '/a: 1 items were recorded, 0 were answered'],
  [{ a: [{ b: true }] }, { a: [{ b: false }] }, '/a/0/b: true was recorded, false was answered'],
  [{ at: time }, { at: 'yesterday' }, `/at: "${time}" was recorded, "yesterday" was answered`],
  [{ etag }, { etag: '"00000001-0000-0300-0000-69c3928d0000"' }, '/etag: '],
  [{ text: 'a.b' }, { text: 'axb' }, '/text: "a.b" was recorded, "axb" was answered'],
  [null, {}, '/: null was recorded, an object was answered'],
  [{}, undefined, '/: an object was recorded, nothing was answered'],
];

test.each(different)('%j and %j differ', (recorded, actual, detail) => {
  const [found, ...more] = compareBodies(recorded, actual);
  expect(found?.startsWith(detail)).toBe(true);
  expect(more).toEqual([]);
});

test('of headers, only those count that say something about the answer', () => {
  expect(compareHeaders({ Server: 'Kestrel', Expires: '-1' }, { expires: '-1', date: 'now' })).toEqual([]);
  expect(compareHeaders({ Location: 'x' }, { etag: 'y' })).toEqual([
    'header location: is missing',
    'header etag: was not recorded',
  ]);
});

test('an older recording of a request is superseded by a newer one with other members', () => {
  const [older, newer] = [exchanges.at(-1)!, exchanges.at(-2)!];
  expect(supersededBy(older, exchanges)).toBe(newer);
  expect(supersededBy(newer, exchanges)).toBeUndefined();
});

test('the report has a line an exchange, and sums', async () => {
  const results = await replayRecorded([exchanges[0]!, { ...exchanges[1]!, status: 410 }]);
  const lines = renderReplay(results).split('\n');
  expect(lines[0]).toBe(
    'passed    1 PUT …/workspaces/{ws}/providers/Microsoft.SecurityInsights/alertRules/{name} 201 2022-08-01',
  );
  expect(lines[1]).toMatch(/^failed {4}2 GET /);
  expect(lines[2]).toMatch(/^ {12}status 410 was recorded, 404 was answered/);
  expect(lines.at(-2)).toBe('1 passed, 1 failed, 0 skipped');
});

test.each([
  ['[', 'not JSON'],
  ['{}', 'must be array'],
  ['[]', 'fewer than 1 items'],
  ['[{"source":"s"}]', 'must have required property'],
])('what is no list of exchanges is refused: %s', (text, reason) => {
  expect(() => readExchanges(text)).toThrow(reason);
});
