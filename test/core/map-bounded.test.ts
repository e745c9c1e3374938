import { mapBounded } from '../../src/core/map-bounded.ts';

const turn = (): Promise<void> => Promise.resolve();

test('gives the results in the order of the items, whichever is ready first', async () => {
  const results = await mapBounded([3, 1, 2], 3, async (item, index) => {
    for (let turns = 0; turns < item; turns++) await turn();
    return `${index}:${item}`;
  });
  expect(results).toEqual(['0:3', '1:1', '2:2']);
});

test.each([
  [1, 1],
  [3, 3],
  [100, 10],
  [0, 1],
])('with a limit of %d runs %d at a time', async (limit, expected) => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 10 }, (_, index) => index);
  const results = await mapBounded(items, limit, async (item) => {
    running++;
    most = Math.max(most, running);
    await turn();
    running--;
    return item;
  });
  expect(most).toBe(expected);
  expect(results).toEqual(items);
});

test('has nothing to do without items', async () => {
  await expect(mapBounded([], 4, () => Promise.reject(new Error('called')))).resolves.toEqual([]);
});

test('rejects with the first failure and starts nothing more', async () => {
  const started: number[] = [];
  const run = mapBounded([0, 1, 2, 3, 4, 5], 2, async (item) => {
    started.push(item);
    await turn();
    if (item === 1) throw new Error('item 1 failed');
    await turn();
    await turn();
  });
  await expect(run).rejects.toThrow('item 1 failed');
  for (let turns = 0; turns < 10; turns++) await turn();
  expect(started).toEqual([0, 1]);
});
