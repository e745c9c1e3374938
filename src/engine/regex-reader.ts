/** The flags that hold at a place of a pattern. */
export interface RegexFlags {
  /** Case is ignored. */
  i: boolean;
  /** `^` and `$` match at lines. */
  m: boolean;
  /** `.` matches a new line, too. */
  s: boolean;
  /** Repetitions are lazy, and greedy with `?`. */
  U: boolean;
  /** White space and comments are left out. */
  x: boolean;
  /** Case is ignored in some parts only: JavaScript's own flag is of no use. */
  isMixedCase: boolean;
}

/** A pattern that is none in Kusto's dialect, or that JavaScript cannot express. */
export class PatternError extends Error {}

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  t: '\t',
  n: '\n',
  r: '\r',
  v: '\v',
};

/** Goes through a pattern, character by character. */
export class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  /** The text ahead, up to so many units. */
  peek(count = 1): string {
    return this.#pattern.slice(this.#at, this.#at + count);
  }

  /** Takes a character. */
  next(): string {
    const point = this.#pattern.codePointAt(this.#at);
    if (point === undefined) throw new PatternError('an end too early');
    const character = String.fromCodePoint(point);
    this.#at += character.length;
    return character;
  }

  /** Takes a text if it is ahead. */
  takes(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Takes what a sticky pattern matches. */
  match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#pattern);
    if (found) this.#at = sticky.lastIndex;
    return found;
  }

  /** After a backslash: `pL`, `p{Greek}`, `P{L}`; undefined where there is none. */
  readProperty(): string | undefined {
    const found = this.match(/([pP])(?:\{(\^?)([\w=:]+)\}|([A-Z]))/y);
    if (!found) return undefined;
    const [, letter, caret, name = '', single] = found;
    const isNegated = (letter === 'P') !== (caret === '^');
    const wanted = single ?? name.replace(':', '=');
    const known = [wanted, `Script=${wanted}`].find(isProperty);
    if (known === undefined) throw new PatternError(`the property "${wanted}"`);
    return `\\${isNegated ? 'P' : 'p'}{${known}}`;
  }

  /** After a backslash: the character that an escape stands for. */
  readEscapedCharacter(): string {
    const code = this.match(/x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[xuU]\{([0-9A-Fa-f]+)\}/y);
    if (code) {
      const point = parseInt(code.slice(1).find((digits) => digits) ?? '', 16);
      if (point > 0x10ffff) throw new PatternError(`the character ${code[0]}`);
      return String.fromCodePoint(point);
    }
    const character = this.next();
    const control = controls[character];
    if (control !== undefined) return control;
    if (/[\p{L}\p{N}<>]|[^\0-\x7f]/u.test(character)) throw new PatternError(`the escape \\${character}`);
    return character;
  }
}

function isProperty(name: string): boolean {
  try {
    return new RegExp(`\\p{${name}}`, 'v').flags === 'v';
  } catch {
    return false;
  }
}
