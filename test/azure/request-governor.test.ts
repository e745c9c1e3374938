import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  createRequestGovernor,
  type EndTurn,
  type RequestGovernor,
} from '../../src/azure/request-governor.ts';
import { createVirtualTime, type VirtualTime } from '../../src/emulator/virtual-time.ts';

let time: VirtualTime;
let governor: RequestGovernor;

beforeEach(() => {
  time = createVirtualTime();
  governor = createRequestGovernor(time, { initial: 4, most: 8 });
});

/** Turns that were given so far, with the moment of each. */
function ask(count: number, operation: 'reads' | 'writes' | 'deletes' = 'writes') {
  const turns: { readonly at: number; readonly end: EndTurn }[] = [];
  const asked = Array.from({ length: count }, async () => {
    const end = await governor.enter(operation);
    turns.push({ at: time.now(), end });
  });
  return { turns, all: Promise.all(asked) };
}

const fine = { type: 'answered', remaining: undefined } as const;
const throttled = (waitMs: number) => ({ type: 'throttled', waitMs }) as const;

test('as many as the limit go out, and each that ends lets the next one go', async () => {
  const { turns } = ask(6);
  await nextTurn();
  expect(turns).toHaveLength(4);
  turns[0]!.end({ type: 'failed' });
  await nextTurn();
  expect(turns).toHaveLength(5);
});

test('the limit grows by one a round while requests wait, up to the most', async () => {
  const { turns } = ask(100);
  const rounds: number[] = [];
  for (let done = 0; done < 60;) {
    await nextTurn();
    const round = turns.slice(done);
    rounds.push(round.length);
    done += round.length;
    for (const { end } of round) end(fine);
  }
  expect(rounds[0]).toBe(4);
  expect(rounds.at(-1)).toBe(8);
  expect([...rounds].sort()).toEqual(rounds);
});

test('a 429 stops every worker of its class until its wait is over, and no other class', async () => {
  const writes = ask(6);
  await nextTurn();
  writes.turns[0]!.end(throttled(5_000));
  const reads = ask(1, 'reads');
  const deletes = ask(1, 'deletes');
  for (const { end } of writes.turns.slice(1)) end(fine);
  await nextTurn();
  expect([writes.turns.length, reads.turns.length, deletes.turns.length]).toEqual([4, 1, 1]);
  await time.run(writes.all);
  expect(writes.turns[4]!.at).toBe(5_000);
});

test('after a 429 one request tries first, and the others follow at the documented refill', async () => {
  const { all, turns } = ask(7);
  await nextTurn();
  turns[0]!.end(throttled(1_000));
  for (const { end } of turns.slice(1)) end({ type: 'failed' });
  await time.run(
    all.then(
      () => undefined,
      () => undefined,
    ),
    1_400,
  );
  expect(turns.slice(4).map(({ at }) => Math.round(at))).toEqual([1_000, 1_100]);
});

test('requests that were throttled together halve the limit once', async () => {
  const { all, turns } = ask(12);
  await nextTurn();
  for (const { end } of turns) end(throttled(1_000));
  await time.run(all, 60_000);
  // Four at first; two may be under way after the one cut, and none of those ends here.
  expect(turns).toHaveLength(6);
});

test('what the service says is left is spent, and then its refill is kept', async () => {
  const first = ask(1);
  await nextTurn();
  first.turns[0]!.end({ type: 'answered', remaining: 2 });
  const sent: number[] = [];
  const all = Promise.all(
    Array.from({ length: 5 }, async () => {
      const end = await governor.enter('writes');
      sent.push(Math.round(time.now()));
      end(fine);
    }),
  );
  await time.run(all);
  expect(sent).toEqual([0, 0, 100, 200, 300]);
});

test('those under way are taken as not yet counted in what is left', async () => {
  const { all, turns } = ask(6);
  await nextTurn();
  turns[0]!.end({ type: 'answered', remaining: 3 });
  await nextTurn();
  expect(turns).toHaveLength(4);
  await time.run(all, 150);
  expect(turns.map(({ at }) => Math.round(at))).toEqual([0, 0, 0, 0, 100]);
});

describe('a request that gives up', () => {
  test('while it waits is rejected, and holds nobody up', async () => {
    const { turns } = ask(4);
    await nextTurn();
    const abort = new AbortController();
    const waiting = governor.enter('writes', { signal: abort.signal });
    const next = ask(1);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    turns[0]!.end({ type: 'failed' });
    await next.all;
  });

  test('before it asks still gets a turn that is free, and no other', async () => {
    const signal = AbortSignal.abort();
    for (let count = 0; count < 4; count++) await governor.enter('writes', { signal });
    await expect(governor.enter('writes', { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('leaves no timer behind', async () => {
    const { turns } = ask(1);
    await nextTurn();
    turns[0]!.end(throttled(60_000));
    const abort = new AbortController();
    const waiting = governor.enter('writes', { signal: abort.signal });
    expect(time.pending()).toBe(1);
    abort.abort();
    await expect(waiting).rejects.toThrow();
    expect(time.pending()).toBe(0);
  });
});

test('a request is told when it waits for the service, and when no longer', async () => {
  const events: string[] = [];
  const hold = (): (() => void) => {
    events.push(`holds at ${time.now()}`);
    return () => events.push(`goes at ${time.now()}`);
  };
  const { turns } = ask(4);
  await nextTurn();
  const queued = governor.enter('writes', { hold });
  expect(events).toEqual([]); // it waits for the others only
  turns[0]!.end(throttled(2_000));
  for (const { end } of turns.slice(1)) end({ type: 'failed' });
  await time.run(queued);
  expect(events).toEqual(['holds at 0', 'goes at 2000']);
});

test('a turn ends only once', async () => {
  const end = await governor.enter('reads');
  end(fine);
  expect(() => {
    end(fine);
  }).toThrow('only once');
});
