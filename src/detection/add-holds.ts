import { isJsonArray, isJsonObject } from '../core/json.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { loadConfig } from './load-config.ts';
import { parseYaml } from './parse-yaml.ts';

/** A hold as it is to be written. */
export interface NewHold {
  /** A file from the repository root, or an id. */
  readonly detection: string;
  /** What people call it: written behind it as a comment. */
  readonly displayName: string;
  readonly environment: string;
  readonly reason: string;
  /** As the user gave it: a day, or a time. */
  readonly until: string;
}

/**
 * Writes holds into the text of kustodian.yaml and leaves everything else as it is: comments, order, line ends. Undefined where
 * that cannot be done, as in a list that is written in braces: then a person has to.
 */
export function addHolds(text: string, holds: readonly NewHold[]): string | undefined {
  const { document } = parseYaml('kustodian.yaml', new TextEncoder().encode(text));
  if (document === undefined || !isJsonObject(document.data)) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const { holds: present } = document.data;
  const write = (indent: string): string => formatHolds(holds, indent).replaceAll('\n', lineEnd);
  if (!Object.hasOwn(document.data, 'holds')) {
    const gap = text.endsWith('\n') ? lineEnd : lineEnd + lineEnd;
    return check(text, `${text}${gap}holds:${lineEnd}${write('  ')}`, holds);
  }
  if (isJsonArray(present) && present.length > 0) {
    const first = document.spanOf('/holds/0').start.offset;
    const indent = /(?:^|\n)([ \t]*)-[ \t]+$/.exec(text.slice(0, first))?.[1];
    const last = document.spanOf(joinPointer('/holds', present.length - 1)).end.offset;
    return indent === undefined
      ? undefined
      : check(text, insertAfterLine(text, last, write(indent), lineEnd), holds);
  }
  const key = document.spanOf('/holds', 'key').end.offset;
  const value = document.spanOf('/holds');
  const isWritten = isJsonArray(present) && value.start.offset > key;
  const emptied = isWritten
    ? text.slice(0, value.start.offset).trimEnd() + text.slice(value.end.offset)
    : text;
  return check(text, insertAfterLine(emptied, key, write('  '), lineEnd), holds);
}

/** The entries as YAML, for a person to paste as well. */
export function formatHolds(holds: readonly NewHold[], indent = '  '): string {
  return holds
    .map(({ detection, displayName, environment, reason, until }) =>
      [
        `${indent}- detection: ${toScalar(detection)} # ${toComment(displayName)}`,
        `${indent}  environments: [${toScalar(environment)}]`,
        `${indent}  reason: ${JSON.stringify(reason)}`,
        `${indent}  until: ${until}`,
        '',
      ].join('\n'),
    )
    .join('');
}

/** A word that cannot be read as anything else stands as it is. */
function toScalar(text: string): string {
  return /^(?=.*[a-z])[\w][\w./-]*$/i.test(text) && !/^(?:true|false|null|[\d.]+e[\d]+)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function toComment(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

function insertAfterLine(text: string, offset: number, addition: string, lineEnd: string): string {
  const end = text.indexOf('\n', offset);
  return end === -1
    ? `${text}${lineEnd}${addition}`
    : `${text.slice(0, end + 1)}${addition}${text.slice(end + 1)}`;
}

/** What was written must come out as it was meant, and all else as it was. */
function check(before: string, after: string, added: readonly NewHold[]): string | undefined {
  const [was, is] = [before, after].map(
    (text) => loadConfig('kustodian.yaml', new TextEncoder().encode(text)).config,
  );
  if (was === undefined || is === undefined) return undefined;
  const tail = is.holds.slice(was.holds.length);
  const isRight =
    is.holds.length === was.holds.length + added.length &&
    was.holds.every(({ detection, until }, index) => {
      const same = is.holds[index];
      return same?.detection === detection && same.until === until;
    }) &&
    added.every(({ reason }, index) => tail[index]?.reason === reason.trim());
  return isRight ? after : undefined;
}
