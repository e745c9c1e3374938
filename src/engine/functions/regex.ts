import { convertTo } from '../convert.ts';
import { compileRegex } from '../regex.ts';
import { scalarFunction } from '../scalar-function.ts';
import type { CallInfo, ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { valueToText } from '../value-text.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';
import { countOf } from './string.ts';

function extract(values: readonly Value[], info: CallInfo): Value {
  const [pattern = null, group = null, source = null] = values;
  const match = compileRegex(valueToText(pattern))?.exec(valueToText(source));
  const found = match?.[toNumber(group) ?? 0] ?? null;
  if (info.type === 'string') return found ?? '';
  return found === null ? null : convertTo(info.type, found);
}

/** One group gives a list of texts, several a list of lists. */
function extractAll(values: readonly Value[]): Value {
  const [pattern = null] = values;
  const groups = values.length === 3 ? values[1] : undefined;
  const regex = compileRegex(valueToText(pattern), 'g');
  if (regex === null) return null;
  const matches = [...valueToText(values.at(-1) ?? null).matchAll(regex)].map((match): Value => {
    const chosen = isArray(groups)
      ? groups.map(
          (group) => (typeof group === 'string' ? match.groups?.[group] : match[toNumber(group) ?? 0]) ?? '',
        )
      : match.slice(1).map((text: string | undefined) => text ?? '');
    return chosen.length === 1 ? (chosen[0] ?? '') : chosen;
  });
  return matches.length === 0 ? null : matches;
}

/** `\1` in a replacement is the first group. */
function replaceRegex(text: string, pattern: string, replacement: string): Value {
  const regex = compileRegex(pattern, 'g');
  if (regex === null) return null;
  return text.replace(regex, (...parts: unknown[]) =>
    replacement.replaceAll(/\\(\d)|\\\\/g, (_found, group: string | undefined) => {
      if (group === undefined) return '\\';
      const part = parts[Number(group)];
      return typeof part === 'string' ? part : '';
    }),
  );
}

function trim(pattern: string, text: string, ends: 'start' | 'end' | 'both'): Value {
  let rest = text;
  if (ends !== 'end') rest = rest.replace(compileRegex(`^(?:${pattern})`) ?? /^/, '');
  if (ends !== 'start') rest = rest.replace(compileRegex(`(?:${pattern})$`) ?? /$/, '');
  return rest;
}

function trimmer(signature: string, ends: 'start' | 'end' | 'both'): ScalarFunction {
  return scalarFunction(signature, ([pattern = null, text = null]) =>
    trim(valueToText(pattern), valueToText(text), ends),
  );
}

function countMatches(values: readonly Value[]): Value {
  const [source = null, sought = null, kind = null] = values;
  const text = valueToText(source);
  if (kind !== 'regex') return countOf(text, valueToText(sought));
  const regex = compileRegex(valueToText(sought), 'g');
  return regex && BigInt([...text.matchAll(regex)].length);
}

/** Functions with regular expressions. */
export const regexFunctions: readonly ScalarFunction[] = [
  scalarFunction('extract(regex, captureGroup, source, type?)', extract),
  scalarFunction('extract_all(regex, captureGroups?, source)', extractAll),
  scalarFunction(
    'replace_regex(source, lookup_regex, rewrite_pattern)',
    ([text = null, pattern = null, replacement = null]) =>
      replaceRegex(valueToText(text), valueToText(pattern), valueToText(replacement)),
  ),
  scalarFunction('replace(regex, rewrite, source)', ([pattern = null, replacement = null, text = null]) =>
    replaceRegex(valueToText(text), valueToText(pattern), valueToText(replacement)),
  ),
  trimmer('trim(regex, source)', 'both'),
  trimmer('trim_start(regex, source)', 'start'),
  trimmer('trim_end(regex, source)', 'end'),
  scalarFunction('countof(source, search, kind?)', countMatches),
  scalarFunction('regex_quote(string)', ([text = null]) =>
    valueToText(text).replaceAll(/[\\^$.*+?()[\]{}|\-#&~\s]/g, '\\$&'),
  ),
];
