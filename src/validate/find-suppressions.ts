import type { SourceSpan } from '../core/diagnostic.ts';
import { isJsonObject } from '../core/json.ts';
import { indexLines } from '../detection/line-index.ts';
import { parseYaml } from '../detection/parse-yaml.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import { findYamlComments } from '../detection/yaml-comments.ts';
import { findQueryComments } from '../kql/query-comments.ts';

/**
 * A comment that asks not to report something: `# kustodian-ignore CODE: reason` in YAML, the same after `//` in a query. It
 * stands at the end of the line in which the finding starts, or above it on a line of its own.
 */
export interface Suppression {
  readonly file: string;
  /** Absent if the comment does not name a code and give a reason. */
  readonly request?: { readonly code: string; readonly reason: string };
  /** Where the comment stands. */
  readonly span: SourceSpan;
  /** What it is about: findings that start in here, or right at the end, are meant. */
  readonly subject: SourceSpan;
}

const marker = 'kustodian-ignore';

/** The suppressions of a YAML file, in order; none if it does not parse. Costs little in the many files without any. */
export function findSuppressions(file: string, bytes: Uint8Array): readonly Suppression[] {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(marker)) return [];
  const { document } = parseYaml(file, bytes);
  if (document === undefined) return [];
  return [...findInYaml(document), ...findInQuery(document)].sort(
    (a, b) => a.span.start.offset - b.span.start.offset,
  );
}

function findInYaml({ file, text }: SourceDocument): readonly Suppression[] {
  const lines = indexLines(text);
  return findYamlComments(text).flatMap(({ text: comment, start, end, subject }) =>
    toSuppressions(file, comment, lines.spanOf(start, end), lines.spanOf(subject.start, subject.end)),
  );
}

function findInQuery(document: SourceDocument): readonly Suppression[] {
  const { file, data } = document;
  const query = isJsonObject(data) ? data['query'] : undefined;
  if (typeof query !== 'string') return [];
  return findQueryComments(query).flatMap(({ text, start, end, subject }) =>
    toSuppressions(
      file,
      text,
      document.spanWithin('/query', start, end),
      document.spanWithin('/query', subject.start, subject.end),
    ),
  );
}

/** One or none: a comment that does not start with the marker says nothing to us. */
function toSuppressions(
  file: string,
  comment: string,
  span: SourceSpan,
  subject: SourceSpan,
): readonly Suppression[] {
  const [, asked] = /^\s*kustodian-ignore(?![\w-])(.*)$/s.exec(comment) ?? [];
  if (asked === undefined) return [];
  const [, code, reason] = /^\s+([\w/-]+)\s*:\s*(\S.*?)\s*$/s.exec(asked) ?? [];
  const request = code === undefined || reason === undefined ? {} : { request: { code, reason } };
  return [{ file, span, subject, ...request }];
}
