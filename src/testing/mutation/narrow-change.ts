/** A longer text is narrowed to what changes. */
const longest = 72;
/** So many letters are kept on either side of a change, and on either end of a long text. */
const kept = 30;

/**
 * Two versions of a piece of code, each on one line and short enough to be read and quoted: without comments, and with `…`
 * for what is the same far from the change or too long to show.
 */
export function narrowChange(change: readonly [string, string]): readonly [before: string, after: string] {
  const [before, after] = [flatten(change[0]), flatten(change[1])];
  if (before.length <= longest && after.length <= longest) return [before, after];
  const prefix = commonStart(before, after);
  const suffix = commonStart(reverse(before.slice(prefix)), reverse(after.slice(prefix)));
  const cut = (text: string): string => {
    const start = prefix > kept ? text.indexOf(' ', prefix - kept) + 1 : 0;
    const end = suffix > kept ? text.lastIndexOf(' ', text.length - suffix + kept) : text.length;
    const from = start > prefix ? prefix : start;
    const to = end < text.length - suffix ? text.length - suffix : end;
    return `${from > 0 ? '… ' : ''}${shorten(text.slice(from, to))}${to < text.length ? ' …' : ''}`;
  };
  return [cut(before), after === '' ? '' : cut(after)];
}

/** Code on one line, without comments that take lines of their own or end one. */
function flatten(code: string): string {
  return code
    .split('\n')
    .map((line) => line.replace(/^\s*\/\/.*$|\s\/\/\s.*$/, ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function reverse(text: string): string {
  return Array.from(text).reverse().join('');
}

/** The two ends of a long text. */
function shorten(text: string): string {
  return text.length <= longest + 2 * kept ? text : `${text.slice(0, longest)} … ${text.slice(-kept)}`;
}
