/** Appends reference tokens to an RFC 6901 JSON pointer, escaping `~` and `/`. The root is the empty string. */
export function joinPointer(base: string, ...tokens: readonly (string | number)[]): string {
  return (
    base + tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  );
}

/** Splits a JSON pointer into its unescaped reference tokens. */
export function splitPointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer of the enclosing value, or undefined for the root. */
export function parentPointer(pointer: string): string | undefined {
  return pointer === '' ? undefined : pointer.slice(0, pointer.lastIndexOf('/'));
}

/** The value at a JSON pointer into plain data, or undefined if the pointer leads nowhere. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const token of splitPointer(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[token];
  }
  return value;
}
