import { casesOf, perlClasses, quoteCharacter, readClass, wordClass } from './regex-class.ts';
import { PatternError, PatternReader } from './regex-reader.ts';
import type { RegexFlags } from './regex-reader.ts';

/** A part of a pattern, written for JavaScript. */
interface Part {
  readonly source: string;
  /** The numbers of the groups in it that capture. */
  readonly groups: readonly number[];
  /** Those of them that a match may leave out. */
  readonly optional: readonly number[];
}

/** A pattern for JavaScript. */
export interface WrittenRegex {
  readonly regex: RegExp;
  /**
   * The groups in a repetition that not every round takes part in: if the last one does not, Kusto keeps the text of the round
   * before, and JavaScript has none.
   */
  readonly unreliable: ReadonlySet<number>;
}

const word = `[${wordClass}]`;
const assertions: Readonly<Record<string, string>> = {
  A: '^',
  z: '$',
  b: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  B: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
  '<': `(?<!${word})(?=${word})`,
  '>': `(?<=${word})(?!${word})`,
  'b{start}': `(?<!${word})(?=${word})`,
  'b{end}': `(?<=${word})(?!${word})`,
  'b{start-half}': `(?<!${word})`,
  'b{end-half}': `(?!${word})`,
};

/** Writes a pattern of Kusto's dialect for JavaScript; null where it is none or cannot be expressed. See compileRegex. */
export function writeRegex(pattern: string, flags: string): WrittenRegex | null {
  const lead = /^\(\?([imsUx]+)\)/.exec(pattern)?.[1] ?? '';
  const isIgnored = flags.includes('i') || lead.includes('i');
  const isMixedCase = /\(\?[a-zA-Z]*-?[a-zA-Z]*i[a-zA-Z]*[):]/.test(
    isIgnored ? pattern.slice(lead.length + 3) : pattern,
  );
  const has = (flag: string): boolean => flags.includes(flag);
  const initial = { i: has('i'), m: has('m'), s: has('s'), U: has('U'), x: has('x'), isMixedCase };
  try {
    const writer = new RegexWriter(pattern, initial);
    const source = writer.write();
    const own = isIgnored && !isMixedCase ? 'i' : '';
    return { regex: new RegExp(source, `v${own}${has('g') ? 'g' : ''}`), unreliable: writer.unreliable };
  } catch (error) {
    if (error instanceof PatternError || error instanceof SyntaxError) return null;
    throw error;
  }
}

class RegexWriter {
  readonly #reader: PatternReader;
  readonly unreliable = new Set<number>();
  #groupCount = 0;
  #flags: RegexFlags;

  constructor(pattern: string, flags: RegexFlags) {
    this.#reader = new PatternReader(pattern);
    this.#flags = flags;
  }

  write(): string {
    const { source } = this.#readAlternatives();
    if (!this.#reader.isAtEnd) throw new PatternError('a closing parenthesis too many');
    return source;
  }

  #readAlternatives(): Part {
    const branches = [this.#readSequence()];
    while (this.#reader.takes('|')) branches.push(this.#readSequence());
    const groups = branches.flatMap((branch) => branch.groups);
    return {
      source: branches.map(({ source }) => source).join('|'),
      groups,
      optional: branches.length > 1 ? groups : branches.flatMap(({ optional }) => optional),
    };
  }

  #readSequence(): Part {
    const parts: Part[] = [];
    for (;;) {
      if (this.#flags.x) while (this.#reader.match(/\s+|#[^\n]*/y));
      if (this.#reader.isAtEnd || /^[|)]/.test(this.#reader.peek())) break;
      parts.push(this.#readRepetition());
    }
    return {
      source: parts.map(({ source }) => source).join(''),
      groups: parts.flatMap(({ groups }) => groups),
      optional: parts.flatMap(({ optional }) => optional),
    };
  }

  #readRepetition(): Part {
    let part = this.#readAtom();
    let isRepeated = false;
    for (;;) {
      const found = this.#reader.match(/([*+?]|\{(\d+)(?:,(\d*))?\})(\??)/y);
      if (!found) return part;
      const [, operator = '', least, most, lazy] = found;
      const isLazy = (lazy === '?') !== this.#flags.U;
      const isOften = operator !== '?' && !(least !== undefined && (most ?? least) === '1');
      if (isOften) part.optional.forEach((group) => this.unreliable.add(group));
      const source = isRepeated ? `(?:${part.source})` : part.source;
      const optional = '*?'.includes(operator) || least === '0' ? part.groups : part.optional;
      part = { source: `${source}${operator}${isLazy ? '?' : ''}`, groups: part.groups, optional };
      isRepeated = true;
    }
  }

  #readAtom(): Part {
    const character = this.#reader.next();
    switch (character) {
      case '(':
        return this.#readGroup();
      case '[':
        return plain(readClass(this.#reader, this.#flags));
      case '.':
        // Not [^]: Node 20 misreads it with the flag v.
        return plain(this.#flags.s ? '[\\s\\S]' : '[^\\n]');
      case '^':
        return plain(this.#flags.m ? '(?:^|(?<=\\n))' : '(?:^)');
      case '$':
        return plain(this.#flags.m ? '(?:$|(?=\\n))' : '(?:$)');
      case '\\':
        return plain(this.#readEscape());
      case '*':
      case '+':
      case '?':
      case '{':
        throw new PatternError(`"${character}" without what it repeats`);
      default:
        return plain(this.#writeCharacter(character));
    }
  }

  #readEscape(): string {
    const name = this.#reader.match(/b\{[a-z-]+\}|[AzbB<>]/y)?.[0];
    if (name !== undefined) {
      const assertion = assertions[name];
      if (assertion === undefined) throw new PatternError(`the escape \\${name}`);
      return `(?:${assertion})`;
    }
    const perl = perlClasses[this.#reader.peek()];
    if (perl !== undefined) {
      this.#reader.next();
      return perl;
    }
    return this.#reader.readProperty() ?? this.#writeCharacter(this.#reader.readEscapedCharacter());
  }

  #writeCharacter(character: string): string {
    if (!this.#flags.isMixedCase || !this.#flags.i) return quoteCharacter(character);
    const cases = casesOf(character).map(quoteCharacter);
    return cases.length > 1 ? `[${cases.join('')}]` : quoteCharacter(character);
  }

  #readGroup(): Part {
    const setting = this.#reader.match(/\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/y);
    const outer = { ...this.#flags };
    if (setting) {
      const [, on = '', off = '', end] = setting;
      for (const flag of on) this.#setFlag(flag, true);
      for (const flag of off) this.#setFlag(flag, false);
      if (end === ')') return plain('');
      return this.#closeGroup('(?:', outer, []);
    }
    const name = this.#reader.match(/\?P?<([A-Za-z_]\w*)>/y)?.[1];
    if (name === undefined && this.#reader.peek() === '?') throw new PatternError('look-around');
    return this.#closeGroup(name === undefined ? '(' : `(?<${name}>`, outer, [++this.#groupCount]);
  }

  #closeGroup(opening: string, outer: RegexFlags, own: readonly number[]): Part {
    const inner = this.#readAlternatives();
    if (!this.#reader.takes(')')) throw new PatternError('a group without its end');
    this.#flags = outer;
    return {
      source: `${opening}${inner.source})`,
      groups: [...own, ...inner.groups],
      optional: inner.optional,
    };
  }

  #setFlag(flag: string, isOn: boolean): void {
    if (flag === 'u' && isOn) return;
    if (!['i', 'm', 's', 'U', 'x'].includes(flag)) throw new PatternError(`the flag ${flag}`);
    this.#flags = { ...this.#flags, [flag]: isOn };
  }
}

function plain(source: string): Part {
  return { source, groups: [], optional: [] };
}
