import { isJsonObject } from '../core/json.ts';
import { replaceLiteralBlock } from '../detection/literal-block.ts';
import { parseYaml } from '../detection/parse-yaml.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import { formatQuery } from '../kql/format-query.ts';

/**
 * What came of formatting a file. `skipped`: its query could be formatted, but not within the YAML around it. `refused`: there
 * are errors in it. `reason` completes "left alone, since …".
 */
export type FormatOutcome =
  | { readonly type: 'unchanged' }
  | { readonly type: 'formatted'; readonly text: string }
  | { readonly type: 'skipped' | 'refused'; readonly reason: string };

/**
 * Formats the KQL in a detection's YAML and changes nothing else: line ends, comments, indentation and the header of the block
 * stay, byte for byte. Formatting the result again changes nothing. Only a literal block (`|`) is rewritten; in quotes, or
 * folded, the lines of a query are not the lines of the file.
 */
export function formatDetection(file: string, bytes: Uint8Array): FormatOutcome {
  const { document } = parseYaml(file, bytes);
  if (document === undefined) return { type: 'refused', reason: 'its YAML has errors' };
  const query = isJsonObject(document.data) ? document.data['query'] : undefined;
  if (typeof query !== 'string' || query.trim() === '') return { type: 'unchanged' };
  const formatted = formatQuery(query)?.trim();
  if (formatted === undefined) {
    return { type: 'refused', reason: 'its query has a syntax error, or cannot be formatted safely' };
  }
  const text = replaceLiteralBlock(document, '/query', formatted);
  if (text === document.text) return { type: 'unchanged' };
  if (text === undefined) {
    return formatted === query.trim()
      ? { type: 'unchanged' }
      : { type: 'skipped', reason: 'its query is not written as a block (query: |)' };
  }
  if (!holdsTheSame(document, text, formatted)) {
    return {
      type: 'skipped',
      reason: 'its query is shared with another key, or its block is indented too far',
    };
  }
  return { type: 'formatted', text: startsWithMark(bytes) ? `\uFEFF${text}` : text };
}

/** True if a text reads as the document does, with another query in it. */
function holdsTheSame({ file, data }: SourceDocument, text: string, query: string): boolean {
  const after = parseYaml(file, new TextEncoder().encode(text)).document?.data;
  if (!isJsonObject(data) || !isJsonObject(after)) return false;
  const trimmed = typeof after['query'] === 'string' ? after['query'].trim() : undefined;
  const without = JSON.stringify({ ...data, query: '' }) === JSON.stringify({ ...after, query: '' });
  return without && trimmed === query;
}

function startsWithMark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}
