import { convertTo } from './convert.ts';
import { parseJson } from './json-text.ts';
import type { NodeType } from '../kql/query-node.ts';
import { isArray, isBag } from './value.ts';
import type { Value } from './value.ts';

const mark = '\u0001';

/** Reads `dynamic(…)`: JSON, in which strings may have single quotes and `datetime(…)` and its kin and `dynamic(…)` may stand. */
export function readDynamic(text: string): Value | undefined {
  const inner = /^\s*dynamic\s*\(([\s\S]*)\)\s*$/i.exec(text)?.[1] ?? text;
  const json = inner.replace(
    /(h?@?"(?:[^"\\]|\\.)*"|h?@?'(?:[^'\\]|\\.)*')|(datetime|timespan|time|guid|decimal|real|double|long|int|bool)\s*\(([^)]*)\)|\b(-?\d+(?:\.\d+)?(?:ms|[dhms]))\b|\bdynamic\s*\(|\)|\/\/[^\n]*/g,
    (_found, quoted?: string, type?: string, argument?: string, span?: string) => {
      if (quoted !== undefined) return toJsonString(quoted);
      if (span !== undefined) return JSON.stringify(`${mark}timespan:${span}`);
      if (type !== undefined) return JSON.stringify(`${mark}${type}:${argument ?? ''}`);
      // A comment, or `dynamic(` and `)` around what lies within.
      return '';
    },
  );
  const value = parseJson(json.trim());
  return value === undefined ? undefined : revive(value);
}

function toJsonString(quoted: string): string {
  const body = quoted.replace(/^h?@?/, '').slice(1, -1);
  if (quoted.includes('@') && /^h?@/.test(quoted)) return JSON.stringify(body);
  if (quoted.startsWith('"')) return quoted;
  return `"${body.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"')}"`;
}

const typeNames: Readonly<Record<string, NodeType>> = { time: 'timespan', double: 'real' };

function revive(value: Value): Value {
  if (isArray(value)) return value.map(revive);
  if (isBag(value)) return new Map([...value].map(([key, item]) => [key, revive(item)]));
  if (typeof value !== 'string' || !value.startsWith(mark)) return value;
  const [type = '', ...rest] = value.slice(1).split(':');
  return convertTo(typeNames[type] ?? (type as NodeType), rest.join(':').trim());
}
