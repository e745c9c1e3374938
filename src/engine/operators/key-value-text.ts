/** Reads pairs of keys and values from a text; of a key that comes twice, the first. */
export type PairReader = (text: string) => ReadonlyMap<string, string>;

/** How texts are quoted; empty where they are not. */
interface Quotes {
  readonly open: string;
  readonly close: string;
  readonly escape: string;
}

/** How pairs are told from each other, and keys from values. */
export interface PairFormat extends Quotes {
  readonly pair: string;
  readonly kv: string;
  /** True if a value goes on to the next key. */
  readonly isGreedy: boolean;
}

/** Pairs by a pattern whose groups are the key and the value. */
export function createPatternReader(regex: RegExp): PairReader {
  return (text) => {
    const pairs = new Map<string, string>();
    for (const [, key = '', value = ''] of text.matchAll(regex)) addPair(pairs, key, value);
    return pairs;
  };
}

/** Without delimiters everything but letters and digits is one: a value is the word behind its key. */
export function createWordReader(quotes: Quotes): PairReader {
  return (text) => {
    const words: string[] = [];
    for (let at = 0; at < text.length;) {
      const quoted = readQuoted(text, at, quotes);
      const word = quoted ?? readWord(text, at);
      if (word) words.push(word.value);
      at = word?.end ?? at + 1;
    }
    const pairs = new Map<string, string>();
    words.slice(0, -1).forEach((word, index) => {
      addPair(pairs, word, words[index + 1] ?? '');
    });
    return pairs;
  };
}

function readWord(text: string, at: number): Part | undefined {
  const [value] = /^[\p{L}\p{N}]+/u.exec(text.slice(at)) ?? [];
  return value === undefined ? undefined : { value, end: at + value.length };
}

/** Pairs by delimiters, with white space around keys and values. */
export function createPairReader(format: PairFormat): PairReader {
  return (text) => {
    const pairs = new Map<string, string>();
    for (let at = 0; at < text.length;) {
      const end = findOutsideQuotes(text, format.kv, at, format);
      if (end < 0) break;
      const value = readValue(text, end + format.kv.length, format);
      addPair(pairs, readKey(text.slice(at, end), format), value.value);
      at = value.end;
    }
    return pairs;
  };
}

function addPair(pairs: Map<string, string>, key: string, value: string): void {
  if (!pairs.has(key)) pairs.set(key, value);
}

interface Part {
  readonly value: string;
  readonly end: number;
}

/** What stands in front of the delimiter, save earlier pairs that have no value. */
function readKey(text: string, format: PairFormat): string {
  let key = text.trim();
  for (let at = 0; at >= 0;) {
    at = findOutsideQuotes(key, format.pair, 0, format);
    if (at >= 0) key = key.slice(at + format.pair.length).trim();
  }
  return readQuoted(key, 0, format)?.value ?? key;
}

function readValue(text: string, from: number, format: PairFormat): Part {
  let start = from;
  while (/\s/.test(text.charAt(start))) start++;
  const quoted = readQuoted(text, start, format);
  if (quoted) return quoted;
  const end = format.isGreedy ? endOfGreedy(text, start, format) : indexOrEnd(text, format.pair, start);
  return { value: unescape(text.slice(start, end), format).trim(), end };
}

/** The last delimiter of pairs in front of the next delimiter of a key. */
function endOfGreedy(text: string, start: number, format: PairFormat): number {
  const next = findOutsideQuotes(text, format.kv, start, format);
  if (next < 0) return text.length;
  const end = text.lastIndexOf(format.pair, next);
  return end < start ? next : end;
}

function indexOrEnd(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at < 0 ? text.length : at;
}

function readQuoted(text: string, at: number, quotes: Quotes): Part | undefined {
  const { open, close, escape } = quotes;
  if (open === '' || text.charAt(at) !== open) return undefined;
  for (let end = at + 1; end < text.length; end++) {
    if (escape !== '' && text.charAt(end) === escape) end++;
    else if (text.charAt(end) === close)
      return { value: unescape(text.slice(at + 1, end), quotes), end: end + 1 };
  }
  return undefined;
}

function findOutsideQuotes(text: string, sought: string, from: number, quotes: Quotes): number {
  for (let at = from; at < text.length; at++) {
    const quoted = readQuoted(text, at, quotes);
    if (quoted) at = quoted.end - 1;
    else if (quotes.escape !== '' && text.charAt(at) === quotes.escape) at++;
    else if (text.startsWith(sought, at)) return at;
  }
  return -1;
}

function unescape(text: string, { escape }: Quotes): string {
  if (escape === '') return text;
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === escape && at + 1 < text.length) at++;
    plain += text.charAt(at);
  }
  return plain;
}
