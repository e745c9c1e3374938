import type { PatternReader, RegexFlags } from './regex-reader.ts';
import { PatternError } from './regex-reader.ts';

const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t\\x20',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: '\\t-\\r\\x20',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** What `\w` is: letters, marks, digits and connectors of all scripts. */
export const wordClass = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';

/** `\d`, `\s`, `\w` and their negations, as parts of a class. */
export const perlClasses: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: '\\p{White_Space}',
  S: '\\P{White_Space}',
  w: `[${wordClass}]`,
  W: `[^${wordClass}]`,
};

/** A character as JavaScript takes it anywhere in a pattern. */
export function quoteCharacter(character: string): string {
  return /^[0-9A-Za-z]$/.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The cases of a character, as parts of a class. */
export function casesOf(character: string): readonly string[] {
  const cases = [character, character.toLowerCase(), character.toUpperCase()];
  return [...new Set(cases)].filter((item) => /^.$/su.test(item));
}

/** Reads a class after its `[` and writes it for JavaScript's `v` mode. Throws PatternError. */
export function readClass(reader: PatternReader, flags: RegexFlags): string {
  const isNegated = reader.takes('^');
  let left = readUnion(reader, flags, true);
  while (!reader.takes(']')) {
    const operator = reader.next() + reader.next();
    const right = readUnion(reader, flags, false);
    left = operator === '~~' ? `[${left}--${right}][${right}--${left}]` : `${left}${operator}${right}`;
    left = `[${left}]`;
  }
  return isNegated ? `[^${left}]` : left;
}

/** Reads up to `]` or an operator. */
function readUnion(reader: PatternReader, flags: RegexFlags, isFirst: boolean): string {
  let items = '';
  let mayBeLiteral = isFirst;
  for (;;) {
    if (reader.isAtEnd) throw new PatternError('a class without its end');
    if (reader.peek() === ']' && !mayBeLiteral) return `[${items}]`;
    if (['&&', '--', '~~'].includes(reader.peek(2)) && items !== '') return `[${items}]`;
    mayBeLiteral = false;
    items += readItem(reader, flags);
  }
}

function readItem(reader: PatternReader, flags: RegexFlags): string {
  const posix = reader.match(/\[:(\^?)(\w+):\]/y);
  if (posix) {
    const members = posixClasses[posix[2] ?? ''];
    if (members === undefined) throw new PatternError(`the class ${posix[0]}`);
    return `[${posix[1] ?? ''}${members}]`;
  }
  if (reader.takes('[')) return readClass(reader, flags);
  const first = readMember(reader);
  if (first.length > 1 && first.startsWith('class:')) return first.slice(6);
  if (reader.peek() !== '-' || ['-]', '--'].includes(reader.peek(2))) return writeMember(first, flags);
  reader.next();
  const last = readMember(reader);
  // `[a-\w]`: the hyphen stands for itself.
  if (last.startsWith('class:') && last.length > 1) return `${writeMember(first, flags)}\\-${last.slice(6)}`;
  return writeRange(first, last, flags);
}

/** A character, or `class:` and what it is in a class. */
function readMember(reader: PatternReader): string {
  const character = reader.next();
  if (character !== '\\') return character;
  const perl = perlClasses[reader.peek()];
  if (perl !== undefined) {
    reader.next();
    return `class:${perl}`;
  }
  const property = reader.readProperty();
  return property === undefined ? reader.readEscapedCharacter() : `class:${property}`;
}

function writeMember(character: string, flags: RegexFlags): string {
  return flags.isMixedCase && flags.i
    ? casesOf(character).map(quoteCharacter).join('')
    : quoteCharacter(character);
}

function writeRange(first: string, last: string, flags: RegexFlags): string {
  if ((first.codePointAt(0) ?? 0) > (last.codePointAt(0) ?? 0))
    throw new PatternError(`the range ${first}-${last}`);
  const range = `${quoteCharacter(first)}-${quoteCharacter(last)}`;
  if (!flags.isMixedCase || !flags.i) return range;
  if (/^[a-z]$/.test(first) && /^[a-z]$/.test(last))
    return `${range}${first.toUpperCase()}-${last.toUpperCase()}`;
  if (/^[A-Z]$/.test(first) && /^[A-Z]$/.test(last))
    return `${range}${first.toLowerCase()}-${last.toLowerCase()}`;
  if (/^[0-9]$/.test(first) && /^[0-9]$/.test(last)) return range;
  throw new PatternError(`the range ${first}-${last} where case is ignored in a part of the pattern`);
}
