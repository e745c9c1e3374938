/** Why RE2 cannot run a regular expression, and what to do. */
export interface RegexFault {
  readonly problem: string;
  readonly remedy: string;
}

/** The longest repetition that RE2 compiles. */
const mostRepeats = 1_000;

/**
 * Looks for what RE2 is certain to refuse: groups and classes that do not close, repetition of nothing, lookaround,
 * back-references, unknown escapes. What is not looked at counts as fine. Source: github.com/google/re2/wiki/Syntax.
 */
export function findRegexFault(pattern: string): RegexFault | undefined {
  let open = 0;
  let isRepeatable = false;
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at);
    const token = readToken(rest);
    if ('problem' in token) return token;
    if (token.kind === 'close' && open === 0) {
      return { problem: 'a ")" closes nothing', remedy: String.raw`write \) for the character` };
    }
    if (token.kind === 'repeat' && !isRepeatable) {
      return {
        problem: `there is nothing for "${token.text}" to repeat`,
        remedy: `write \\${token.text.charAt(0)} for the character`,
      };
    }
    if (token.kind === 'open') open++;
    if (token.kind === 'close') open--;
    isRepeatable = token.kind === 'atom' || token.kind === 'close';
    at += token.text.length;
  }
  return open > 0
    ? {
        problem: `a "(" does not close`,
        remedy: String.raw`close it with ")", or write \( for the character`,
      }
    : undefined;
}

interface RegexToken {
  readonly kind: 'atom' | 'open' | 'close' | 'repeat' | 'other';
  readonly text: string;
}

function readToken(rest: string): RegexToken | RegexFault {
  const character = rest.charAt(0);
  switch (character) {
    case '\\':
      return readEscape(rest);
    case '[':
      return readClass(rest);
    case '(':
      return readGroup(rest);
    case ')':
      return { kind: 'close', text: ')' };
    case '|':
      return { kind: 'other', text: character };
    case '*':
    case '+':
    case '?':
      return { kind: 'repeat', text: /^[*+?]\??/.exec(rest)?.[0] ?? character };
    case '{':
      return readRepeat(rest);
    default:
      return { kind: 'atom', text: String.fromCodePoint(rest.codePointAt(0) ?? 0) };
  }
}

/** `\d`, `\x{20AC}`, `\pL`, `\Q…\E`, and any punctuation. */
function readEscape(rest: string): RegexToken | RegexFault {
  const quoted = /^\\Q[\s\S]*?(?:\\E|$)/.exec(rest)?.[0];
  if (quoted !== undefined) return { kind: 'atom', text: quoted };
  if (/^\\(?:[1-7](?![0-7])|[89])/.test(rest)) {
    return {
      problem: `RE2 has no back-references ("${rest.slice(0, 2)}")`,
      remedy: 'compare extracted texts instead',
    };
  }
  const known =
    /^\\(?:[pP](?:\{\^?\w+\}|[A-Z])|x(?:\{[\da-fA-F]+\}|[\da-fA-F]{2})|[0-7]{1,3}|[abfnrtvdDsSwWAzBCE]|[^A-Za-z\d])/u.exec(
      rest,
    )?.[0];
  if (known !== undefined) return { kind: 'atom', text: known };
  return rest.length === 1
    ? { problem: String.raw`it ends in a "\"`, remedy: String.raw`write \\ for the character` }
    : {
        problem: `RE2 does not know the escape "${rest.slice(0, 2)}"`,
        remedy: String.raw`take the "\" out, or write \\ for the character "\"`,
      };
}

/** `[^a-z\d[:alpha:]]`; a `]` that comes first is a character. */
function readClass(rest: string): RegexToken | RegexFault {
  const text = /^\[\^?(?:\]|(?!\]))(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]/.exec(rest)?.[0];
  return text === undefined
    ? {
        problem: 'a "[" does not close',
        remedy: String.raw`close it with "]", or write \[ for the character`,
      }
    : { kind: 'atom', text };
}

function readGroup(rest: string): RegexToken | RegexFault {
  if (!rest.startsWith('(?')) return { kind: 'open', text: '(' };
  const known = /^\(\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?:)/.exec(rest)?.[0];
  if (known !== undefined) return { kind: 'open', text: known };
  const flags = /^\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)\)/.exec(rest)?.[0];
  if (flags !== undefined) return { kind: 'other', text: flags };
  if (/^\(\?<?[=!]/.test(rest)) {
    return {
      problem: `RE2 has no lookahead and no lookbehind ("${rest.slice(0, rest.charAt(2) === '<' ? 4 : 3)}")`,
      remedy: 'match the text around it too, and extract the part by a group',
    };
  }
  return { problem: `RE2 does not know the group "${rest.slice(0, 3)}"`, remedy: 'use (?:…) or (…)' };
}

/** `{2,5}`; a `{` that is no repetition is a character. */
function readRepeat(rest: string): RegexToken | RegexFault {
  const match = /^\{(\d+)(?:,(\d*))?\}\??/.exec(rest);
  if (match === null) return { kind: 'atom', text: '{' };
  const [text, least, most] = match;
  const [from, to] = [Number(least), most === undefined || most === '' ? Number(least) : Number(most)];
  if (to < from)
    return { problem: `"${text}" repeats at most fewer times than at least`, remedy: 'swap the two' };
  if (to > mostRepeats) {
    return {
      problem: `"${text}" repeats more than ${mostRepeats} times`,
      remedy: 'repeat without an end, with * or +',
    };
  }
  return { kind: 'repeat', text };
}
