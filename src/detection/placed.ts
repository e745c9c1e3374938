import { joinPointer } from '../core/json-pointer.ts';

/** A value and the pointer to where the author wrote it. */
export interface Placed<Value> {
  readonly value: Value;
  readonly pointer: string;
}

/** The items of what may be one value or a list; empty items are left out, the others keep their places. */
export function placeItems<Item>(
  authored: Item | readonly (Item | null)[] | null | undefined,
  pointer: string,
): readonly Placed<Item>[] {
  if (authored === undefined || authored === null) return [];
  if (!isList(authored)) return [{ value: authored, pointer }];
  return authored.flatMap((value, index) =>
    value === null ? [] : [{ value, pointer: joinPointer(pointer, index) }],
  );
}

function isList<Item>(authored: Item | readonly (Item | null)[]): authored is readonly (Item | null)[] {
  return Array.isArray(authored);
}

/** Knows where the author wrote what the canonical format has elsewhere: other names of keys, scalars for lists. */
export class Origins {
  readonly #authored = new Map<string, string>();

  /** Takes down the places of a canonical list and gives its values. */
  list<Value>(canonical: string, items: readonly Placed<Value>[]): readonly Value[] {
    return items.map(({ value, pointer }, index) => {
      this.record(joinPointer(canonical, index), pointer);
      return value;
    });
  }

  record(canonical: string, authored: string): void {
    if (canonical !== authored) this.#authored.set(canonical, authored);
  }

  /** The authored pointer for a canonical one; the same, if the author wrote it in the canonical way. */
  resolve(canonical: string): string {
    if (this.#authored.size === 0) return canonical;
    for (let end = canonical.length; end > 0; end = canonical.lastIndexOf('/', end - 1)) {
      const authored = this.#authored.get(canonical.slice(0, end));
      if (authored !== undefined) return authored + canonical.slice(end);
    }
    return canonical;
  }
}
