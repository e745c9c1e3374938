/**
 * Takes away white space at the end, and the pair of quotes that many published descriptions have around their whole text
 * (`description: |` and `'Identifies …'` below it): Microsoft's packager does so too, and no portal shows them. Text that
 * begins with one quoted word and ends with another (`'cmd.exe' starts 'net.exe'`) keeps its quotes.
 */
export function unquoteDescription(authored: string): string {
  const text = authored.trimEnd();
  const quote = text.charAt(0);
  if (!/^['"]$/.test(quote) || text.length < 2 || !text.endsWith(quote)) return text;
  const inner = text.slice(1, -1);
  const firstCloses =
    /\S$/.test(inner.slice(0, inner.indexOf(quote))) && /^[\s,.;:)]/.test(after(inner, quote));
  const lastOpens = /(^|[\s(])$/.test(inner.slice(0, Math.max(0, inner.lastIndexOf(quote))));
  return inner.includes(quote) && firstCloses && lastOpens ? text : inner;
}

function after(text: string, quote: string): string {
  return text.slice(text.indexOf(quote) + 1);
}
