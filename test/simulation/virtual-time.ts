import type { Timer } from '../../src/azure/timer.ts';

/** Time that only moves when it is told to, with waits that end when it has come so far. */
export class VirtualTime implements Timer {
  private time = Date.parse('2026-03-25T07:45:17.671Z');
  private readonly waits = new Set<{ readonly due: number; readonly end: () => void }>();

  now(): number {
    return this.time;
  }

  date(): Date {
    return new Date(this.time);
  }

  delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.waits.delete(wait);
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        this.waits.delete(wait);
        reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
      };
      const wait = { due: this.time + Math.max(0, milliseconds), end };
      if (signal?.aborted === true) {
        abort();
        return;
      }
      this.waits.add(wait);
      signal?.addEventListener('abort', abort);
    });
  }

  /** Goes on by so many milliseconds, and ends the waits that are over then, the earliest first. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
    const over = [...this.waits].filter(({ due }) => due <= this.time).sort((a, b) => a.due - b.due);
    for (const { end } of over) end();
  }

  /** Goes on to the end of the earliest wait; false if nobody waits. */
  advanceToNextWait(): boolean {
    const [first] = [...this.waits].map(({ due }) => due).sort((a, b) => a - b);
    if (first === undefined) return false;
    this.advance(Math.max(0, first - this.time));
    return true;
  }
}
