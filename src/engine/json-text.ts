import { valueToText } from './value-text.ts';
import { Datetime, Decimal, Guid, isArray, isBag, Timespan } from './value.ts';
import type { Value } from './value.ts';

/** Reads JSON, keeping whole numbers apart from real ones and keys in order; undefined where the text is no JSON. */
export function parseJson(text: string): Value | undefined {
  const reader = new JsonReader(text);
  try {
    return reader.readAll();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes a dynamic value as Kusto does: no white space, reals with a point. */
export function dynamicToJson(value: Value): string {
  if (isArray(value)) return `[${value.map(dynamicToJson).join(',')}]`;
  if (isBag(value)) {
    return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${dynamicToJson(item)}`).join(',')}}`;
  }
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(realName(value));
  if (value instanceof Datetime || value instanceof Timespan || value instanceof Guid)
    return JSON.stringify(valueToText(value));
  if (value instanceof Decimal) return JSON.stringify(valueToText(value));
  return valueToText(value);
}

function realName(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

const numberPattern = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const stringPattern = /"(?:[^"\\\p{Cc}]|\\.)*"/uy;
const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): Value {
    const value = this.#read();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw new SyntaxError('more than one value');
    return value;
  }

  #read(): Value {
    this.#skipSpace();
    const first = this.#text[this.#at];
    if (first === '{') return this.#readBag();
    if (first === '[') return this.#readArray();
    if (first === '"') return this.#readString();
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const [digits = '', fraction, exponent] = this.#match(numberPattern);
    if (fraction !== undefined || exponent !== undefined) return Number(digits);
    const whole = BigInt(digits);
    return BigInt.asIntN(64, whole) === whole ? whole : Number(digits);
  }

  #readString(): string {
    const [quoted = ''] = this.#match(stringPattern);
    return JSON.parse(quoted) as string;
  }

  #readArray(): readonly Value[] {
    const items: Value[] = [];
    this.#at++;
    if (this.#takes(']')) return items;
    do items.push(this.#read());
    while (this.#takes(','));
    this.#expect(']');
    return items;
  }

  #readBag(): Value {
    const bag = new Map<string, Value>();
    this.#at++;
    if (this.#takes('}')) return bag;
    do {
      this.#skipSpace();
      const key = this.#readString();
      this.#expect(':');
      bag.set(key, this.#read());
    } while (this.#takes(','));
    this.#expect('}');
    return bag;
  }

  #match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) throw new SyntaxError(`unexpected text at ${this.#at}`);
    this.#at = pattern.lastIndex;
    return match;
  }

  #takes(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#takes(character)) throw new SyntaxError(`"${character}" expected at ${this.#at}`);
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
