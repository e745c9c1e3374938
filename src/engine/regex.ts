import { writeRegex } from './write-regex.ts';
import type { WrittenRegex } from './write-regex.ts';

const compiled = new Map<string, WrittenRegex | null>();

/**
 * Compiles a pattern of Kusto's dialect, which is that of Rust's `regex`: it knows all of Unicode, and has no look-around and no
 * back-references. null where the pattern is none in that dialect, or where JavaScript cannot express it.
 * https://learn.microsoft.com/kusto/query/regex
 *
 * @param flags of `i`, `m`, `s`, `U`, that hold from the start, and JavaScript's `g`
 */
export function compileRegex(pattern: string, flags = ''): RegExp | null {
  return compileOnce(pattern, flags)?.regex ?? null;
}

/** The groups of a pattern that Kusto may find a text for where JavaScript finds none; see WrittenRegex. */
export function unreliableGroupsOf(pattern: string): ReadonlySet<number> {
  return compileOnce(pattern, '')?.unreliable ?? new Set();
}

function compileOnce(pattern: string, flags: string): WrittenRegex | null {
  const key = `${flags}/${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const written = writeRegex(pattern, flags);
  compiled.set(key, written);
  return written;
}
