import { describe, expect, test } from '@jest/globals';
import { abortTheRest } from '../../src/core/abort-the-rest.ts';

const untilAborted = (signal: AbortSignal, ended: string[], name: string): Promise<string> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      ended.push(name);
      reject(new Error(`${name} was aborted`));
    });
  });

describe('abortTheRest', () => {
  test('ends what still goes on when one part fails, and gives the failure', async () => {
    const ended: string[] = [];
    const all = abortTheRest(undefined, (signal) =>
      Promise.all([untilAborted(signal, ended, 'a list'), Promise.reject(new Error('no such workspace'))]),
    );
    await expect(all).rejects.toThrow('no such workspace');
    expect(ended).toEqual(['a list']);
  });

  test('ends everything when the signal from outside is aborted', async () => {
    const outside = new AbortController();
    const ended: string[] = [];
    const all = abortTheRest(outside.signal, (signal) => untilAborted(signal, ended, 'a list'));
    outside.abort();
    await expect(all).rejects.toThrow('a list was aborted');
  });

  test('gives what the task gives', async () => {
    await expect(abortTheRest(undefined, () => Promise.resolve(7))).resolves.toBe(7);
  });
});
