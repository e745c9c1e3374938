import {
  COLLECTION_STYLE,
  EVENT_ID,
  SCALAR_STYLE,
  type AliasEvent,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { readScalarText, resolveScalar } from './read-scalar.ts';
import type { TextProblem } from './text-problem.ts';
import type { MappingEntry, MappingNode, ScalarNode, SequenceNode, YamlNode } from './yaml-nodes.ts';

/** The nodes of a document, and every mistake that the grammar of YAML allows: duplicate keys, unknown tags and aliases. */
export interface ComposedYaml {
  readonly root: YamlNode;
  readonly problems: readonly TextProblem[];
}

/**
 * Builds the nodes of one document in one pass over the parser's events.
 *
 * @param events those of the document's content, without the document's own
 * @param maxSize how much text the document may come to with its aliases written out
 */
export function composeYaml(text: string, events: readonly Event[], maxSize: number): ComposedYaml {
  const composer = new Composer(text, events, maxSize);
  return { root: composer.compose(), problems: composer.problems };
}

type NodeEvent = ScalarEvent | SequenceEvent | MappingEvent;

const noScalar: ScalarEvent = {
  type: EVENT_ID.SCALAR,
  valueStart: -1,
  valueEnd: -1,
  anchorStart: -1,
  anchorEnd: -1,
  tagStart: -1,
  tagEnd: -1,
  style: SCALAR_STYLE.PLAIN,
  chomping: 1,
  indent: -1,
  fast: false,
};

class Composer {
  readonly problems: TextProblem[] = [];
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #maxSize: number;
  readonly #anchors = new Map<string, YamlNode>();
  #next = 0;
  /** End of what was read last: where a node without text stands, and where a collection ends. */
  #cursor = 0;
  #expandedSize = 0;

  constructor(text: string, events: readonly Event[], maxSize: number) {
    this.#text = text;
    this.#events = events;
    this.#maxSize = maxSize;
  }

  compose(): YamlNode {
    const event = this.#events[this.#next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.#anchored(event, this.#scalar(event));
      case EVENT_ID.SEQUENCE:
        return this.#anchored(event, this.#sequence(event));
      case EVENT_ID.MAPPING:
        return this.#anchored(event, this.#mapping(event));
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        return this.#nothing();
    }
  }

  #nothing(): ScalarNode {
    const place = { start: this.#cursor, end: this.#cursor, size: 1 };
    return { kind: 'scalar', value: null, text: '', event: noScalar, ...place };
  }

  /** An anchor counts once its node is complete, so a node cannot hold itself. */
  #anchored(event: NodeEvent, node: YamlNode): YamlNode {
    if (event.anchorStart !== -1) {
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
    }
    return node;
  }

  #alias(event: AliasEvent): YamlNode {
    const start = event.anchorStart - 1;
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    this.#cursor = event.anchorEnd;
    const node = this.#anchors.get(name);
    if (node === undefined) {
      const hint = 'define it above with "&", or put text that starts with "*" in quotes';
      this.#report('unknown-alias', `alias "*${name}" names no anchor before it`, hint, start);
      return this.#nothing();
    }
    this.#expandedSize += node.size;
    if (this.#expandedSize <= this.#maxSize) return node;
    if (this.#expandedSize - node.size <= this.#maxSize) {
      const message = `with its aliases written out, the file has more than ${this.#maxSize} characters`;
      this.#report('yaml-too-complex', message, 'use fewer aliases', start);
    }
    return this.#nothing();
  }

  #scalar(event: ScalarEvent): ScalarNode {
    const text = readScalarText(this.#text, event);
    const { start, end } = this.#scalarPlace(event);
    this.#cursor = Math.max(this.#cursor, end);
    const tag = this.#tagOf(event);
    const value = resolveScalar(text, event, tag);
    if (value === undefined) {
      this.#report(
        'unsupported-tag',
        `"${text}" cannot be read by its tag "${tag}"`,
        'remove the tag',
        event.tagStart,
      );
    }
    return { kind: 'scalar', value: value ?? null, text, event, start, end, size: 1 + end - start };
  }

  #scalarPlace(event: ScalarEvent): { readonly start: number; readonly end: number } {
    const { valueStart, valueEnd, style } = event;
    if (valueStart === -1) {
      const end = Math.max(this.#cursor, event.anchorEnd, event.tagEnd);
      return { start: end, end };
    }
    if (style === SCALAR_STYLE.PLAIN) return { start: valueStart, end: valueEnd };
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) {
      return { start: valueStart - 1, end: valueEnd + 1 };
    }
    const block = this.#text.slice(valueStart, valueEnd);
    const length = block.trimEnd().length;
    return { start: valueStart + (length === 0 ? 0 : block.search(/\S/)), end: valueStart + length };
  }

  #sequence(event: SequenceEvent): SequenceNode {
    this.#begin(event, '!!seq');
    const items: YamlNode[] = [];
    let size = 1;
    while (!this.#atEnd()) {
      const item = this.compose();
      items.push(item);
      size += item.size;
    }
    const value = items.map((item) => item.value);
    return { kind: 'sequence', items, value, start: event.start, end: this.#finish(event), size };
  }

  #mapping(event: MappingEvent): MappingNode {
    this.#begin(event, '!!map');
    const entries = new Map<string, MappingEntry>();
    const merged: MappingNode[] = [];
    while (!this.#atEnd()) {
      const key = this.#key();
      const value = this.compose();
      if (key === undefined) continue;
      if (isMergeKey(key)) merged.push(...this.#mergeSources(key, value));
      else this.#addEntry(entries, { key, value });
    }
    for (const source of merged) {
      for (const [name, entry] of source.entries) {
        if (!entries.has(name)) entries.set(name, entry);
      }
    }
    let size = 1;
    const members: [string, unknown][] = [];
    for (const [name, entry] of entries) {
      size += entry.key.size + entry.value.size;
      members.push([name, entry.value.value]);
    }
    const value = Object.fromEntries(members);
    return { kind: 'mapping', entries, value, start: event.start, end: this.#finish(event), size };
  }

  #addEntry(entries: Map<string, MappingEntry>, entry: MappingEntry): void {
    const { text, start, end } = entry.key;
    const first = entries.get(text);
    if (first === undefined) {
      entries.set(text, entry);
      return;
    }
    this.problems.push({
      code: 'duplicate-key',
      message: `key "${text}" stands twice in one mapping`,
      hint: 'keep one of them',
      start,
      end,
      related: { message: 'the first one', start: first.key.start, end: first.key.end },
    });
  }

  #key(): ScalarNode | undefined {
    const key = this.compose();
    if (key.kind === 'scalar') return key;
    this.#report(
      'yaml-syntax',
      'a list or mapping as a key',
      'put text that starts with [ or { in quotes',
      key.start,
    );
    return undefined;
  }

  #mergeSources(key: ScalarNode, value: YamlNode): readonly MappingNode[] {
    const sources = value.kind === 'sequence' ? value.items : [value];
    const mappings = sources.filter((source) => source.kind === 'mapping');
    if (mappings.length !== sources.length) {
      const hint = 'write <<: *name, where &name is the anchor of a mapping';
      this.#report('yaml-syntax', '"<<" merges something that is not a mapping', hint, key.start);
    }
    return mappings;
  }

  #begin(event: SequenceEvent | MappingEvent, expectedTag: string): void {
    this.#cursor = event.start + (this.#isBracketed(event) ? 1 : 0);
    const tag = this.#tagOf(event);
    if (tag === '' || tag === '!' || tag === expectedTag) return;
    this.#report('unsupported-tag', `tag "${tag}" has no meaning here`, 'remove the tag', event.tagStart);
  }

  #atEnd(): boolean {
    const event = this.#events[this.#next];
    return event === undefined || event.type === EVENT_ID.POP;
  }

  /** Steps over the end of a collection and says where that is: behind its closing bracket, if it has one. */
  #finish(event: SequenceEvent | MappingEvent): number {
    this.#next++;
    if (this.#isBracketed(event)) this.#cursor = endOfBracket(this.#text, this.#cursor);
    return this.#cursor;
  }

  /** A single pair in a flow list, `[a: b]`, is a mapping in flow style without brackets of its own. */
  #isBracketed({ style, start }: SequenceEvent | MappingEvent): boolean {
    return style === COLLECTION_STYLE.FLOW && /[[{]/.test(this.#text.charAt(start));
  }

  #tagOf(event: NodeEvent): string {
    return event.tagStart === -1 ? '' : this.#text.slice(event.tagStart, event.tagEnd);
  }

  #report(code: string, message: string, hint: string, start: number): void {
    this.problems.push({ code, message, hint, start, end: Math.max(start + 1, this.#cursor) });
  }
}

/** Behind the next closing bracket that is not in a comment. */
function endOfBracket(text: string, from: number): number {
  for (let offset = from; offset < text.length; offset++) {
    const character = text.charAt(offset);
    if (character === ']' || character === '}') return offset + 1;
    if (character === '#') offset += (text.slice(offset).split(/[\r\n]/, 1)[0] ?? '').length;
  }
  return text.length;
}

function isMergeKey({ text, event }: ScalarNode): boolean {
  return text === '<<' && event.style === SCALAR_STYLE.PLAIN && event.tagStart === -1;
}
