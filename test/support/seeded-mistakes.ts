import { readFileSync } from 'node:fs';
import { completeExample } from '../../src/checks/minimal-detection.ts';

/** A mistake that somebody might make, and the place where it must be found. */
export interface SeededMistake {
  readonly code: string;
  /** `line:column` in the last of the files; `-` for the file as a whole. */
  readonly at: string;
  /** The files that it takes, as YAML. */
  readonly files: readonly string[];
}

const table = new URL('../cases/seeded-mistakes.txt', import.meta.url);

/** Reads the table of seeded mistakes; its head says how it is written. */
export function readSeededMistakes(): readonly SeededMistake[] {
  const [, ...cases] = readFileSync(table, 'utf8').split(/^=== (?!and )/m);
  return cases.map((text) => {
    const end = text.indexOf('\n');
    const [code = '', at = '', mode] = text.slice(0, end).split(' ');
    const fragments = text
      .slice(end + 1)
      .trimEnd()
      .split(/^=== and another file\n/m)
      .map(writeOut);
    return { code, at, files: mode === 'alone' ? fragments : fragments.map(completeBelow) };
  });
}

/** Writes out `<3 times "x">`, so that the table stays readable. */
function writeOut(fragment: string): string {
  return fragment.replace(/<(\d+) times (".*?")>/g, (_, count: string, text: string) =>
    (JSON.parse(text) as string).repeat(Number(count)),
  );
}

/** The fragment, and below it what the minimal detection has besides, so that the fragment's own lines keep their numbers. */
function completeBelow(fragment: string): string {
  const whole = completeExample(fragment.trimEnd());
  const rest = whole.slice(0, whole.length - fragment.trimEnd().length - 1);
  return `${fragment.trimEnd()}\n${rest}`;
}
