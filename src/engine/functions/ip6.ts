import { ipv6ToText, parseIp } from '../ip-text.ts';
import type { IpAddress } from '../ip-text.ts';
import { scalarFunction, strictFunction } from '../scalar-function.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { toNumber } from '../semantics.ts';
import { isArray } from '../value.ts';
import type { Value } from '../value.ts';

/** The leading bits of an address. */
function network({ address }: IpAddress, prefix: number): bigint {
  return address >> BigInt(128 - prefix);
}

/**
 * Compares the leading bits that the shortest prefix leaves; a prefix given for two IPv4 addresses counts from their start.
 * https://learn.microsoft.com/kusto/query/ipv6-compare-function
 */
function compare([first = null, second = null, given = null]: readonly Value[]): bigint | null {
  const [a, b] = [parseIp(first), parseIp(second)];
  if (!a || !b) return null;
  const wanted = toNumber(given) ?? 128;
  if (wanted < 0 || wanted > 128) return null;
  const isPair = a.isIpv4 && b.isIpv4 && wanted <= 32;
  const prefix = Math.min(a.prefix, b.prefix, isPair ? 96 + wanted : wanted);
  const [left, right] = [network(a, prefix), network(b, prefix)];
  return left < right ? -1n : left > right ? 1n : 0n;
}

/** True if an address, also an IPv4 one, lies in a range; null where either is none. */
export function isInIpv6Range(address: Value, range: Value): boolean | null {
  const [a, b] = [parseIp(address), parseIp(range)];
  return a && b ? network(a, b.prefix) === network(b, b.prefix) : null;
}

function parse(text: Value, prefix: number): Value {
  const parsed = parseIp(text);
  if (!parsed || prefix < 0 || prefix > 128) return '';
  const bits = BigInt(128 - Math.min(prefix, parsed.prefix));
  return ipv6ToText((parsed.address >> bits) << bits);
}

/** Functions on IPv6 addresses; an IPv4 address is taken as the IPv6 one that stands for it. */
export const ip6Functions: readonly ScalarFunction[] = [
  strictFunction('ipv6_compare(ip1, ip2, prefix?)', compare),
  strictFunction('ipv6_is_match(ip1, ip2, prefix?)', (values) => {
    const order = compare(values);
    return order === null ? null : order === 0n;
  }),
  strictFunction('ipv6_is_in_range(ip, ipRange)', ([address = null, range = null]) =>
    isInIpv6Range(address, range),
  ),
  scalarFunction('ipv6_is_in_any_range(ip, ipRange...)', ([address = null, ...ranges]) => {
    const listed = ranges.flatMap((range) => (isArray(range) ? [...range] : [range]));
    const tested = listed.map((range) => isInIpv6Range(address, range));
    return tested.includes(true) ? true : tested.includes(false) ? false : null;
  }),
  scalarFunction('parse_ipv6(ip)', ([text = null]) => parse(text, 128)),
  scalarFunction('parse_ipv6_mask(ip, prefix)', ([text = null, prefix = null]) =>
    parse(text, toNumber(prefix) ?? 128),
  ),
];
