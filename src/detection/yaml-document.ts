import type { SourceSpan } from '../core/diagnostic.ts';
import { splitPointer } from '../core/json-pointer.ts';
import type { LineIndex } from './line-index.ts';
import { mapScalarOffsets, type ScalarOffsets } from './scalar-offsets.ts';
import type { SourceDocument } from './source-document.ts';
import type { ScalarNode, YamlNode } from './yaml-nodes.ts';

/** What a pointer leads to. */
interface Found {
  readonly node: YamlNode;
  /** The key in front of it, if it is a member of a mapping. */
  readonly key: ScalarNode | undefined;
  /** False if the pointer goes further than the document. */
  readonly whole: boolean;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Makes a document of composed nodes. */
export function createDocument(file: string, text: string, root: YamlNode, lines: LineIndex): SourceDocument {
  const offsetsOf = new Map<ScalarNode, ScalarOffsets>();
  const find = (pointer: string): Found => {
    let node = root;
    let key: ScalarNode | undefined;
    for (const token of splitPointer(pointer)) {
      const entry = node.kind === 'mapping' ? node.entries.get(token) : undefined;
      const next = node.kind === 'sequence' ? node.items[Number(token)] : entry?.value;
      if (next === undefined) return { node, key, whole: false };
      node = next;
      key = entry?.key;
    }
    return { node, key, whole: true };
  };
  const placeOf = (pointer: string, part: 'value' | 'key'): Place => {
    const { node, key, whole } = find(pointer);
    if (!whole) return firstLine(text, node);
    const isEmpty = node.start === node.end;
    return key !== undefined && (part === 'key' || isEmpty) ? key : node;
  };
  return {
    file,
    text,
    data: root.value,
    spanOf: (pointer, part = 'value') => {
      const { start, end } = placeOf(pointer, part);
      return lines.spanOf(start, end);
    },
    spanWithin: (pointer, start, end): SourceSpan => {
      const { node, whole } = find(pointer);
      if (node.kind !== 'scalar' || !whole || node.start === node.end) {
        const place = placeOf(pointer, 'value');
        return lines.spanOf(place.start, place.end);
      }
      let offsets = offsetsOf.get(node);
      if (offsets === undefined) {
        offsets = mapScalarOffsets(text, node.event);
        offsetsOf.set(node, offsets);
      }
      const from = offsets.starts[Math.max(start, 0)] ?? offsets.ends.at(-1) ?? node.start;
      const to = end > start ? (offsets.ends[end - 1] ?? offsets.ends.at(-1) ?? node.end) : from;
      return lines.spanOf(from, Math.max(from, to));
    },
    scalarText: (pointer) => {
      const { node, whole } = find(pointer);
      return whole && node.kind === 'scalar' ? node.text : undefined;
    },
  };
}

function firstLine(text: string, { start, end }: Place): Place {
  const length = text.slice(start, end).search(/[\r\n]|$/);
  return { start, end: start + length };
}
