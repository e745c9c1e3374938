const compiled = new Map<string, RegExp | null>();

/**
 * Compiles a pattern in the dialect of RE2 to one of JavaScript; null where it cannot be. RE2 has no look-around and no
 * back-references, so what is left differs in flags, named groups and classes only.
 * https://learn.microsoft.com/kusto/query/regex
 */
export function compileRegex(pattern: string, flags = ''): RegExp | null {
  const key = `${flags}/${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const regex = translate(pattern, flags);
  compiled.set(key, regex);
  return regex;
}

function translate(pattern: string, flags: string): RegExp | null {
  const lead = /^\(\?([imsU]+)\)/.exec(pattern);
  const own = lead?.[1] ?? '';
  const body = lead ? pattern.slice(lead[0].length) : pattern;
  if (own.includes('U') || /\(\?[=!]|\(\?<[=!]|\\[1-9]/.test(body)) return null;
  const source = rewrite(body);
  const all = [...new Set(flags + own)].join('');
  for (const unicode of ['u', '']) {
    try {
      return new RegExp(source, all + unicode);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return null;
}

const posixClasses: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

const token = /\[:(\w+):\]|\(\?P<|\\Q([\s\S]*?)\\E|\\([\s\S])|[[\]]/g;

/** Classes know all of Unicode. An escape of what needs none is left out: JavaScript refuses it. */
function rewrite(pattern: string): string {
  let depth = 0;
  return pattern.replaceAll(
    token,
    (found: string, posix: string | undefined, quoted: string | undefined, escaped: string | undefined) => {
      if (posix !== undefined) return posixClasses[posix] ?? found;
      if (quoted !== undefined) return quoted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      if (found === '(?P<') return '(?<';
      if (escaped !== undefined) return rewriteEscape(escaped, depth > 0);
      if (found === '[' && depth > 0) return '\\[';
      depth = found === '[' ? 1 : 0;
      return found;
    },
  );
}

function rewriteEscape(escaped: string, isInClass: boolean): string {
  if (escaped === 'd') return '\\p{Nd}';
  if (escaped === 'D') return '\\P{Nd}';
  const word = '\\p{L}\\p{M}\\p{Nd}\\p{Pc}';
  if (escaped === 'w') return isInClass ? word : `[${word}]`;
  if (escaped === 'W' && !isInClass) return `[^${word}]`;
  if (escaped === 'A' && !isInClass) return '^';
  if (escaped === 'z' && !isInClass) return '$';
  if (escaped === '-') return isInClass ? '\\-' : '-';
  return /[A-Za-z0-9\\^$.*+?()[\]{}|/]/.test(escaped) ? `\\${escaped}` : escaped;
}
