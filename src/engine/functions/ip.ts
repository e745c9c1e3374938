import { scalarFunction, strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { valueToText } from '../value-text.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';

interface Ipv4 {
  readonly address: bigint;
  /** The length of the prefix after `/`; 32 without one. */
  readonly prefix: number;
}

/** Reads `10.0.0.0/8`; undefined where the text is no IPv4 address. */
export function parseIpv4(text: Value): Ipv4 | undefined {
  const match =
    typeof text === 'string'
      ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text.trim())
      : null;
  if (!match) return undefined;
  const parts = match.slice(1, 5).map(Number);
  const prefix = Number(match[5] ?? 32);
  if (parts.some((part) => part > 255) || prefix > 32) return undefined;
  return { address: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n), prefix };
}

function network({ address }: Ipv4, prefix: number): bigint {
  return address >> BigInt(32 - prefix);
}

function compare(values: readonly Value[]): bigint | null {
  const [a, b] = [parseIpv4(values[0] ?? null), parseIpv4(values[1] ?? null)];
  if (!a || !b) return null;
  const prefix = Math.min(a.prefix, b.prefix, toNumber(values[2] ?? null) ?? 32);
  const [left, right] = [network(a, prefix), network(b, prefix)];
  return left < right ? -1n : left > right ? 1n : 0n;
}

/** True if an address lies in a range; null where either is none. */
export function isInRange(address: Value, range: Value): boolean | null {
  const [a, b] = [parseIpv4(address), parseIpv4(range)];
  return a && b ? network(a, b.prefix) === network(b, b.prefix) : null;
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

function isPrivate(value: Value): boolean | null {
  const parsed = parseIpv4(value);
  if (!parsed) return null;
  return privateRanges.some((range) => isInRange(value, range) === true);
}

function ipv4ToText(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((bits) => (address >> bits) & 255n).join('.');
}

function format(values: readonly Value[], withMask: boolean): Value {
  const [value = null, given = null] = values;
  const parsed = typeof value === 'bigint' ? { address: value, prefix: 32 } : parseIpv4(value);
  const own = parsed?.prefix ?? 32;
  const wanted = toNumber(given) ?? own;
  const prefix = wanted > own ? own : wanted;
  if (!parsed || prefix < 0 || prefix > 32) return '';
  const address = network(parsed, prefix) << BigInt(32 - prefix);
  return `${ipv4ToText(address)}${withMask ? `/${prefix}` : ''}`;
}

const found = /(?<![\p{L}\p{N}])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}])/gu;

/** The addresses in a text that stand apart from letters and digits. */
function addressesIn(text: Value): readonly string[] {
  return (valueToText(text).match(found) ?? []).filter((address) => parseIpv4(address) !== undefined);
}

/** True if a text holds one of some addresses; with `isPrefix`, one that starts with `10.` or `10.1.`, too. */
function holdsAny(text: Value, sought: readonly Value[], isPrefix: boolean): boolean {
  const addresses = addressesIn(text);
  return sought
    .flatMap((item) => (isArray(item) ? [...item] : [item]))
    .map(valueToText)
    .some((item) =>
      isPrefix && /^(?:\d{1,3}\.){1,3}$/.test(item)
        ? addresses.some((address) => address.startsWith(item))
        : parseIpv4(item) !== undefined && addresses.includes(item),
    );
}

function search(signature: string, isPrefix: boolean): ScalarFunction {
  return scalarFunction(signature, ([text = null, ...sought]) => holdsAny(text, sought, isPrefix));
}

/** The fewest ranges that cover the addresses from one to another. */
function toCidrs(first: bigint, last: bigint): readonly string[] {
  const ranges: string[] = [];
  let start = first;
  while (start <= last) {
    let bits = 0n;
    while (bits < 32n && start % (2n << bits) === 0n && start + (2n << bits) - 1n <= last) bits++;
    ranges.push(`${ipv4ToText(start)}/${32n - bits}`);
    start += 1n << bits;
  }
  return ranges;
}

/** Functions on IPv4 addresses. */
export const ipFunctions: readonly ScalarFunction[] = [
  strictFunction('ipv4_compare(ip1, ip2, prefix?)', compare),
  strictFunction('ipv4_is_match(ip1, ip2, prefix?)', (values) => {
    const order = compare(values);
    return order === null ? null : order === 0n;
  }),
  strictFunction('ipv4_is_in_range(ip, ip_range)', ([address = null, range = null]) =>
    isInRange(address, range),
  ),
  scalarFunction('ipv4_is_in_any_range(ip, ranges...)', ([address = null, ...ranges]) => {
    const tested = ranges
      .flatMap((range) => (isArray(range) ? [...range] : [range]))
      .map((range) => isInRange(address, range));
    return tested.includes(true) ? true : tested.includes(false) ? false : null;
  }),
  strictFunction('ipv4_is_private(ip)', ([address = null]) => isPrivate(address)),
  strictFunction('parse_ipv4(ip)', ([text = null]) => {
    const parsed = parseIpv4(text);
    return parsed ? network(parsed, parsed.prefix) << BigInt(32 - parsed.prefix) : null;
  }),
  strictFunction('parse_ipv4_mask(ip, prefix)', ([text = null, prefix = null]) => {
    const parsed = parseIpv4(text);
    const bits = toNumber(prefix);
    return parsed && bits !== null ? network(parsed, bits) << BigInt(32 - bits) : null;
  }),
  strictFunction('ipv4_netmask_suffix(ip)', ([text = null]) => {
    const parsed = parseIpv4(text);
    return parsed ? BigInt(parsed.prefix) : null;
  }),
  search('has_ipv4(source, ip)', false),
  search('has_ipv4_prefix(source, ipPrefix)', true),
  search('has_any_ipv4(source, ip...)', false),
  search('has_any_ipv4_prefix(source, ipPrefix...)', true),
  strictFunction('ipv4_range_to_cidr_list(startIp, endIp)', ([start = null, end = null]) => {
    const [first, last] = [parseIpv4(start), parseIpv4(end)];
    return first && last ? toCidrs(first.address, last.address) : null;
  }),
  scalarFunction('format_ipv4(ip, prefix?)', (values) => format(values, false)),
  scalarFunction('format_ipv4_mask(ip, prefix)', (values) => format(values, true)),
];
