import { parseWindowsCommandLine } from '../command-line.ts';
import { convertTo } from '../convert.ts';
import { parseCsvRecord } from '../csv-text.ts';
import { followPath, parseDynamicPath } from '../dynamic-path.ts';
import { parseJson } from '../json-text.ts';
import { parsePath, parseUrl, parseUrlQuery } from '../path-text.ts';
import { scalarFunction } from '../scalar-function.ts';
import type { CallInfo, ScalarFunction } from '../scalar-function.ts';
import { valueToText } from '../value-text.ts';
import { Decimal, isArray, isBag } from '../value.ts';
import type { Value } from '../value.ts';
import { parseXml } from '../xml-text.ts';

function onText(signature: string, evaluate: (text: string) => Value): ScalarFunction {
  return scalarFunction(signature, ([value = null]) => evaluate(valueToText(value)));
}

/** `extract_json(path, json, type)`: what lies at a path; a text, unless a type is asked for. */
function extractJson(values: readonly Value[], info: CallInfo): Value {
  const [path = null, json = null] = values;
  const steps = parseDynamicPath(valueToText(path));
  if (steps === undefined) return info.refuse(`the path "${valueToText(path)}"`);
  const parsed = isBag(json) || isArray(json) ? json : parseJson(valueToText(json));
  const found = parsed === undefined ? null : (followPath(parsed, steps) ?? null);
  if (found === null) return info.type === 'string' ? '' : null;
  return convertTo(info.type, found);
}

/** Up to four parts of up to eight digits, as the digits of one number. */
function parseVersion(text: string): Value {
  const parts = text.split('.');
  if (parts.length > 4 || parts.some((part) => !/^\d{1,8}$/.test(part))) return null;
  const all = [...parts, '0', '0', '0'].slice(0, 4);
  return new Decimal(BigInt(all.map((part) => part.padStart(8, '0')).join('')), 0);
}

/** Only the rules of Windows exist. */
function parseCommandLine([line = null, kind = null]: readonly Value[], info: CallInfo): Value {
  if (valueToText(kind).toLowerCase() !== 'windows')
    return info.refuse(`parse_command_line() for "${valueToText(kind)}"`);
  return parseWindowsCommandLine(valueToText(line));
}

/** Functions that take texts apart. */
export const parseFunctions: readonly ScalarFunction[] = [
  ...['extract_json(jsonPath, jsonText, type?)', 'extractjson(jsonPath, jsonText, type?)'].map((signature) =>
    scalarFunction(signature, extractJson),
  ),
  onText('parse_csv(text)', (text) => (text === '' ? null : parseCsvRecord(text))),
  ...['parse_url(url)', 'parseurl(url)'].map((signature) => onText(signature, parseUrl)),
  ...['parse_urlquery(query)', 'parseurlquery(query)'].map((signature) => onText(signature, parseUrlQuery)),
  onText('parse_path(path)', parsePath),
  onText('parse_version(version)', parseVersion),
  onText('parse_xml(xml)', (text) => parseXml(text) ?? null),
  scalarFunction('parse_command_line(command, parser)', parseCommandLine, { limits: 'parser `"windows"`' }),
];
