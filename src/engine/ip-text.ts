import type { Value } from './value.ts';

/** An address as 128 bits; an IPv4 address is mapped to `::ffff:a.b.c.d`. */
export interface IpAddress {
  readonly address: bigint;
  /** The length of the prefix after `/` within the 128 bits; 128 without one. */
  readonly prefix: number;
  readonly isIpv4: boolean;
}

/** Reads `fe80::1/64` or `10.0.0.0/8`; undefined where the text is no address. `::10.0.0.1` is an IPv4 address, too. */
export function parseIp(value: Value): IpAddress | undefined {
  const match = typeof value === 'string' ? /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(value.trim()) : null;
  if (!match) return undefined;
  const [, text = '', length] = match;
  const dotted = /^(?:(.*:))?(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  const [, head, quad] = dotted ?? [];
  const low = quad === undefined ? undefined : parseQuad(quad);
  if (dotted && low === undefined) return undefined;
  const isIpv4 = low !== undefined && (head === undefined || head === '::' || /^::ffff:$/i.test(head));
  const groups =
    low === undefined ? text : `${head ?? ''}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  const address = isIpv4 ? (0xffffn << 32n) | low : parseGroups(groups);
  const bits = Number(length ?? (isIpv4 ? 32 : 128));
  if (address === undefined || bits > (isIpv4 ? 32 : 128)) return undefined;
  return { address, prefix: isIpv4 ? 96 + bits : bits, isIpv4 };
}

function parseQuad(text: string): bigint | undefined {
  const parts = text.split('.').map(Number);
  return parts.some((part) => part > 255)
    ? undefined
    : parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseGroups(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** All eight groups with all their digits. */
export function ipv6ToText(address: bigint): string {
  return (address.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':');
}
