import type { ScalarEvent } from 'js-yaml';

interface NodeBase {
  /** Where the node stands, quotes and brackets included, the header of a block not. `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** How much text the node comes to with every alias written out. */
  readonly size: number;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The text that the value was read from, escapes and folding undone, line ends `\n`. */
  readonly text: string;
  readonly event: ScalarEvent;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly value: readonly unknown[];
  readonly items: readonly YamlNode[];
}

export interface MappingEntry {
  readonly key: ScalarNode;
  readonly value: YamlNode;
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly value: Readonly<Record<string, unknown>>;
  readonly entries: ReadonlyMap<string, MappingEntry>;
}

/** A value of a YAML file and its place. An alias is the very node that its anchor names. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode;
