/** Characters that XML 1.0 has no way to hold: controls, halves of surrogate pairs, and two that stand for nothing. */
const notInXml = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A text as it stands between tags, or in the quotes of an attribute. */
export function escapeXml(text: string): string {
  return text
    .replace(notInXml, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
