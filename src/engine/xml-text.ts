import { parseJson } from './json-text.ts';
import { isArray } from './value.ts';
import type { Value } from './value.ts';

/**
 * Reads XML as `parse_xml()` does: an element is its text, or a bag of its attributes (`@name`), its text (`#text`) and its
 * elements, those of one name in an array. undefined where the text is no XML.
 * https://learn.microsoft.com/kusto/query/parse-xml-function
 */
export function parseXml(text: string): Value | undefined {
  const reader = new XmlReader(text);
  try {
    return reader.readDocument();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const name = /[\p{L}_:][\p{L}\p{N}_:.\-\u00b7]*/uy;
const attribute = /\s+([\p{L}_:][\p{L}\p{N}_:.\-\u00b7]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;
const skipped = /(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>)/y;
const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

class XmlReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): Value {
    this.#skipMisc();
    const [root, value] = this.#readElement();
    this.#skipMisc();
    if (this.#at < this.#text.length) throw new SyntaxError('more than one element');
    return new Map([[root, value]]);
  }

  #readElement(): readonly [string, Value] {
    this.#expect('<');
    const tag = this.#match(name)[0];
    const content = new Map<string, Value>();
    for (let found = this.#try(attribute); found; found = this.#try(attribute))
      content.set(`@${found[1] ?? ''}`, toValue(decodeEntities(found[2] ?? found[3] ?? '')));
    this.#try(/\s*/y);
    if (this.#takes('/>')) return [tag, content.size === 0 ? null : content];
    this.#expect('>');
    const text = this.#readContent(content);
    this.#expect(`</${tag}`);
    this.#try(/\s*/y);
    this.#expect('>');
    if (content.size === 0) return [tag, text === '' ? null : toValue(text)];
    if (text !== '') content.set('#text', toValue(text));
    return [tag, content];
  }

  /** Reads elements into a bag; gives the text between them. */
  #readContent(content: Map<string, Value>): string {
    let text = '';
    while (!this.#text.startsWith('</', this.#at)) {
      const plain = this.#try(/[^<]+/y);
      if (plain) text += decodeEntities(plain[0]);
      else if (this.#takes('<![CDATA[')) text += this.#match(/([\s\S]*?)\]\]>/y)[1] ?? '';
      else if (!this.#try(skipped)) this.#addElement(content);
    }
    return text.trim() === '' ? '' : text.trim();
  }

  #addElement(content: Map<string, Value>): void {
    const [tag, value] = this.#readElement();
    const known = content.get(tag);
    if (known === undefined) content.set(tag, value);
    else content.set(tag, isArray(known) ? [...known, value] : [known, value]);
  }

  #skipMisc(): void {
    for (let isMore = true; isMore;) isMore = this.#try(/\s+/y) !== null || this.#try(skipped) !== null;
  }

  #try(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #match(pattern: RegExp): RegExpExecArray {
    const match = this.#try(pattern);
    if (!match) throw new SyntaxError(`unexpected text at ${this.#at}`);
    return match;
  }

  #takes(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw new SyntaxError(`"${text}" expected at ${this.#at}`);
  }
}

/** A text that is a number is one, as in the documentation's example. */
function toValue(text: string): Value {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  const number = parseJson(text);
  return number === undefined || /^-?0\d/.test(text) ? text : number;
}

function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (found, hex?: string, decimal?: string, named?: string) => {
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      if (named === undefined) return code < 0x110000 ? String.fromCodePoint(code) : found;
      const character = entities.get(named);
      if (character === undefined) throw new SyntaxError(`unknown entity "${named}"`);
      return character;
    },
  );
}
