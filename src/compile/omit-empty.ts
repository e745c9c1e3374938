/** Members that a type allows to be absent may also be given as undefined. */
type Loose<T> = { readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };

/**
 * Leaves out members that say nothing: undefined, `''`, `[]` and `{}`. The service reads each of these as absent, and a
 * body without them compares equal to what it returns.
 */
export function omitEmpty<T extends object>(members: Loose<T>): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isEmpty(value))) as T;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
