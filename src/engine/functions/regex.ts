import { convertTo } from '../convert.ts';
import { compileRegex, unreliableGroupsOf } from '../regex.ts';
import { scalarFunction } from '../scalar-function.ts';
import type { CallInfo, ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { valueToText } from '../value-text.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';
import { countOf } from './string.ts';

/** A pattern that comes from the data; one that Kusto does not take is refused. */
function regexOf(pattern: Value, flags: string, info: CallInfo): RegExp {
  const text = valueToText(pattern);
  return compileRegex(text, flags) ?? info.refuse(`the regular expression "${text}"`);
}

function extract(values: readonly Value[], info: CallInfo): Value {
  const [pattern = null, group = null, source = null] = values;
  const match = regexOf(pattern, '', info).exec(valueToText(source));
  const found = match ? textOfGroup(match, group, valueToText(pattern), info) : null;
  if (info.type === 'string') return found ?? '';
  return found === null ? null : convertTo(info.type, found);
}

/** One group gives a list of texts, several a list of lists. */
function extractAll(values: readonly Value[], info: CallInfo): Value {
  const [pattern = null] = values;
  const groups = values.length === 3 ? values[1] : undefined;
  const regex = regexOf(pattern, 'g', info);
  const matches = [...valueToText(values.at(-1) ?? null).matchAll(regex)].map((match): Value => {
    if (match.length === 1) return info.refuse('extract_all() without a group that captures');
    const chosen = isArray(groups)
      ? groups.map((group) => textOfGroup(match, group, valueToText(pattern), info) ?? '')
      : match.slice(1).map((_text, at) => textOfGroup(match, at + 1, valueToText(pattern), info) ?? '');
    return chosen.length === 1 ? (chosen[0] ?? '') : chosen;
  });
  return matches.length === 0 ? null : matches;
}

/** The text of a group by its name or number; null if the match left it out. */
function textOfGroup(match: RegExpExecArray, group: Value, pattern: string, info: CallInfo): string | null {
  const at = toNumber(group) ?? 0;
  const text = typeof group === 'string' ? match.groups?.[group] : match[at];
  if (text === undefined && unreliableGroupsOf(pattern).has(at))
    return info.refuse('a group of a regular expression that the last round of a repetition left out');
  return text ?? null;
}

/** `\1` in a replacement is the first group. */
function replaceRegex(text: string, regex: RegExp, replacement: string): Value {
  return text.replace(regex, (...parts: unknown[]) =>
    replacement.replaceAll(/\\(\d)|\\\\/g, (_found, group: string | undefined) => {
      if (group === undefined) return '\\';
      const part = parts[Number(group)];
      return typeof part === 'string' ? part : '';
    }),
  );
}

function trimmer(signature: string, ends: 'start' | 'end' | 'both'): ScalarFunction {
  return scalarFunction(
    signature,
    ([pattern = null, text = null], info) => {
      const sought = valueToText(pattern);
      let rest = valueToText(text);
      if (sought === '') return rest;
      if (ends !== 'end') rest = rest.replace(regexOf(`^(?:${sought})`, '', info), '');
      if (ends !== 'start') rest = rest.replace(regexOf(`(?:${sought})$`, '', info), '');
      return rest;
    },
    { pattern: 0 },
  );
}

function countMatches(values: readonly Value[], info: CallInfo): Value {
  const [source = null, sought = null, kind = 'normal'] = values;
  const text = valueToText(source);
  if (kind === 'normal') return countOf(text, valueToText(sought));
  if (kind !== 'regex') return info.refuse(`countof() of the kind "${valueToText(kind)}"`);
  return BigInt([...text.matchAll(regexOf(sought, 'g', info))].length);
}

/** The place of the n-th match, -1 if there is none; null of a start that is negative (so the page's example). */
function indexOfRegex(values: readonly Value[], info: CallInfo): Value {
  const [source = null, pattern = null, start = null, length = null, occurrence = null] = values;
  const text = valueToText(source);
  const given = toNumber(start) ?? 0;
  if (given < 0) return null;
  const span = toNumber(length) ?? -1;
  const part = span < 0 ? text.slice(given) : text.slice(given, given + span);
  const nth = toNumber(occurrence) ?? 1;
  if (nth < 1) return null;
  const match = [...part.matchAll(regexOf(pattern, 'g', info))][nth - 1];
  return match ? BigInt(given + match.index) : -1n;
}

/** Functions with regular expressions. */
export const regexFunctions: readonly ScalarFunction[] = [
  scalarFunction('extract(regex, captureGroup, source, type?)', extract, { pattern: 0 }),
  ...['extract_all(regex, captureGroups?, source)', 'extractall(regex, captureGroups?, source)'].map(
    (signature) =>
      scalarFunction(signature, extractAll, { pattern: 0, limits: 'a pattern without a group is refused' }),
  ),
  scalarFunction(
    'replace_regex(source, lookupRegex, rewritePattern)',
    ([text = null, pattern = null, rewrite = null], info) =>
      replaceRegex(valueToText(text), regexOf(pattern, 'g', info), valueToText(rewrite)),
    { pattern: 1 },
  ),
  scalarFunction(
    'replace(regex, rewrite, source)',
    ([pattern = null, rewrite = null, text = null], info) =>
      replaceRegex(valueToText(text), regexOf(pattern, 'g', info), valueToText(rewrite)),
    { pattern: 0 },
  ),
  trimmer('trim(regex, source)', 'both'),
  trimmer('trim_start(regex, source)', 'start'),
  trimmer('trim_end(regex, source)', 'end'),
  scalarFunction('countof(source, search, kind?)', countMatches, {
    limits: 'kinds `"normal"` and `"regex"`',
  }),
  scalarFunction('indexof_regex(string, match, start?, length?, occurrence?)', indexOfRegex, { pattern: 1 }),
  scalarFunction('regex_quote(string)', ([text = null]) =>
    valueToText(text).replaceAll(/[\\^$.*+?()[\]{}|\-#&~\s]/g, '\\$&'),
  ),
];
