import { createHash } from 'node:crypto';
import { compareText } from '../core/diagnostic.ts';
import { isJsonObject, stableStringify, type JsonObject } from '../core/json.ts';
import { joinPointer, splitPointer } from '../core/json-pointer.ts';
import { canonicalForm } from './canonical-form.ts';
import type { ManagedKind } from './plan.ts';

/** A short hash of every top-level field of a resource in canonical form, by the field's pointer into the body. */
export type FieldHashes = ReadonlyMap<string, string>;

/** What is remembered of one field, as hashes; `absent` stands for a field that is not there. */
export interface AppliedField {
  /** What we sent last. */
  readonly sent: string;
  /** What the service keeps of it: another hash than `sent` only where the service rewrites the value. */
  readonly stored: string;
  /** What the service kept before, in case the write that `sent` announces never happened. */
  readonly before?: string;
}

/** What was applied last, by the field's pointer. A field that is missing here was absent then. */
export type AppliedFields = ReadonlyMap<string, AppliedField>;

/** What a metadata resource remembers of the resource that it marks. */
export interface AppliedState {
  /** The commit of the last change, if it was known. */
  readonly commit?: string;
  /** Hash of the etag that the resource had when a write was announced: while it has it, that write has not happened. */
  readonly base?: string;
  /** Keeps the resource as it is for a time, whatever is described. */
  readonly hold?: RememberedHold;
  readonly fields: AppliedFields;
}

/** A hold that is kept on the workspace itself, so that it counts before kustodian.yaml says so too. */
export interface RememberedHold {
  /** ISO 8601, UTC. */
  readonly until: string;
  readonly reason: string;
}

/** The hash of a field that is not there. */
export const absent = '0';

/** Stands for what the service makes of a value that it has rewritten before, until it has answered. */
export const notYetKnown = '1';

const format = 'kustodian/1';
/** No name of a field begins so: they are escaped. */
const holdTag = '@';
const propertiesPrefix = '/properties/';

/** Hashes what a body means, field by field. */
export function hashFields(kind: ManagedKind, body: JsonObject): FieldHashes {
  const { properties, ...rest } = canonicalForm(kind, body);
  const members = Object.entries(isJsonObject(properties) ? properties : {});
  const pointers = members.map(([key, value]) => [joinPointer('/properties', key), value] as const);
  const outer = Object.entries(rest).map(([key, value]) => [joinPointer('', key), value] as const);
  return new Map([...outer, ...pointers].map(([pointer, value]) => [pointer, hashOf(value ?? null)]));
}

/** 48 bits: enough to tell an edit, short enough to keep on the workspace. */
function hashOf(value: Parameters<typeof stableStringify>[0]): string {
  return createHash('sha256').update(stableStringify(value)).digest('base64url').slice(0, 8);
}

/** Hashes an etag, for the `base` of a state. */
export function hashEtag(etag: string): string {
  return hashOf(etag);
}

/**
 * What is remembered of a resource that has this etag now. Once the resource was written after the announcement, what it was
 * before no longer counts: to go back to that is an edit like any other.
 */
export function recall({ base, fields }: AppliedState, etag: string | undefined): AppliedFields {
  if (base === undefined || etag === undefined || hashEtag(etag) === base) return fields;
  return new Map([...fields].map(([pointer, { sent, stored }]) => [pointer, { sent, stored }]));
}

/** The field of `FieldHashes` that a pointer into a body lies in. */
export function fieldOf(pointer: string): string {
  const tokens = splitPointer(pointer);
  return joinPointer('', ...tokens.slice(0, tokens[0] === 'properties' ? 2 : 1));
}

/** What is remembered of a field. */
export function appliedField(fields: AppliedFields, pointer: string): AppliedField {
  return fields.get(pointer) ?? { sent: absent, stored: absent };
}

/** What to remember of a resource that is only switched off: everything as it was, but for that. */
export function announceDisabling(applied: AppliedFields, live: FieldHashes): AppliedFields {
  const sent = [...applied].map(([pointer, field]): [string, string] => [pointer, field.sent]);
  return announceWrite(applied, live, new Map([...sent, [enabledPointer, hashOf(false)]]));
}

const enabledPointer = '/properties/enabled';

/**
 * What to remember before a write: what is about to be sent, and what the service kept until now.
 *
 * @param applied undefined if nothing is remembered, as for a resource that is new or adopted
 * @param live undefined if the workspace does not have the resource
 */
export function announceWrite(
  applied: AppliedFields | undefined,
  live: FieldHashes | undefined,
  desired: FieldHashes,
): AppliedFields {
  const pointers = new Set([...(applied?.keys() ?? []), ...(live?.keys() ?? []), ...desired.keys()]);
  const fields = [...pointers].map((pointer): [string, AppliedField] => {
    const was = applied === undefined ? undefined : appliedField(applied, pointer);
    const sent = desired.get(pointer) ?? absent;
    const stored =
      was?.sent === sent ? was.stored : was === undefined || keepsAsSent(was) ? sent : notYetKnown;
    const before = live === undefined ? stored : lastKept(was, live.get(pointer) ?? absent);
    return [pointer, { sent, stored, ...(before === stored ? {} : { before }) }];
  });
  return withoutAbsent(fields);
}

/** The state of a resource that is made new with this body, as one line. */
export function newState(kind: ManagedKind, body: JsonObject): string {
  return formatAppliedState({ fields: announceWrite(undefined, undefined, hashFields(kind, body)) });
}

/** The state to keep before a write of a resource that has this etag now. */
export function announcedState(
  fields: AppliedFields,
  { commit, etag }: { readonly commit: string | undefined; readonly etag: string | undefined },
): AppliedState {
  const isChange = [...fields.values()].some(({ before }) => before !== undefined);
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(isChange && etag !== undefined ? { base: hashEtag(etag) } : {}),
    fields,
  };
}

/** A service that rewrote one value of a field will rewrite the next: a run that stops before it is known is no edit. */
function keepsAsSent({ sent, stored }: AppliedField): boolean {
  return stored === sent;
}

/** A portal edit is not taken for ours, even if the write that would undo it fails. */
function lastKept(was: AppliedField | undefined, live: string): string {
  return was === undefined || live === was.before || was.stored === notYetKnown ? live : was.stored;
}

/** What to remember once the service has answered: undefined if it keeps everything as announced. */
export function settleWrite(
  { commit, hold, fields: announced }: AppliedState,
  answered: FieldHashes,
): AppliedState | undefined {
  const pointers = new Set([...announced.keys(), ...answered.keys()]);
  const settled = [...pointers].map((pointer): [string, AppliedField] => {
    const { sent } = appliedField(announced, pointer);
    return [pointer, { sent, stored: answered.get(pointer) ?? absent }];
  });
  const isAsAnnounced = settled.every(
    ([pointer, { stored }]) => stored === appliedField(announced, pointer).stored,
  );
  if (isAsAnnounced) return undefined;
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(hold === undefined ? {} : { hold }),
    fields: withoutAbsent(settled),
  };
}

function withoutAbsent(fields: readonly (readonly [string, AppliedField])[]): AppliedFields {
  const isThere = ({ sent, stored, before }: AppliedField) =>
    sent !== absent || stored !== absent || before !== undefined;
  return new Map(fields.filter(([, field]) => isThere(field)));
}

/**
 * Writes the state as one line, for the `customVersion` of a metadata resource: the format, the commit, the base, a hold as
 * `@until,reason`, then a field each as `name=sent:stored:before`, where `stored` is left empty if it equals `sent`.
 */
export function formatAppliedState({ commit = '', base = '', hold, fields }: AppliedState): string {
  const held = hold === undefined ? [] : [`${holdTag}${hold.until},${encodeURIComponent(hold.reason)}`];
  const parts = [...fields]
    .sort(([a], [b]) => compareText(a, b))
    .map(([pointer, { sent, stored, before }]) => {
      const values = [sent, stored === sent ? '' : stored, before ?? ''].join(':').replace(/:+$/, '');
      return `${toName(pointer)}=${values}`;
    });
  return [format, encodeURIComponent(commit), base, ...held, ...parts].join(';');
}

/** Reads such a line; undefined for anything else, other formats included: then nothing is remembered. */
export function parseAppliedState(text: unknown): AppliedState | undefined {
  if (typeof text !== 'string') return undefined;
  const [tag, commit = '', base = '', ...parts] = text.split(';');
  if (tag !== format) return undefined;
  const fields = new Map<string, AppliedField>();
  let hold: RememberedHold | undefined;
  for (const part of parts) {
    if (part.startsWith(holdTag)) {
      hold = parseHold(part.slice(holdTag.length));
      if (hold === undefined) return undefined;
      continue;
    }
    const match = /^([^=]+)=([\w-]+)(?::([\w-]*)(?::([\w-]+))?)?$/.exec(part);
    const pointer = match?.[1] === undefined ? undefined : toPointer(match[1]);
    const sent = match?.[2];
    if (match === null || pointer === undefined || sent === undefined) return undefined;
    const stored = match[3] === undefined || match[3] === '' ? sent : match[3];
    fields.set(pointer, { sent, stored, ...(match[4] === undefined ? {} : { before: match[4] }) });
  }
  return {
    ...(commit === '' ? {} : { commit }),
    ...(base === '' ? {} : { base }),
    ...(hold === undefined ? {} : { hold }),
    fields,
  };
}

function parseHold(text: string): RememberedHold | undefined {
  const comma = text.indexOf(',');
  const [until, reason] = [text.slice(0, comma), decode(text.slice(comma + 1))];
  return comma === -1 || reason === undefined || Number.isNaN(Date.parse(until))
    ? undefined
    : { until, reason };
}

/** True for the `customVersion` of metadata that this tool wrote, in a format of whatever version. */
export function isAppliedState(text: unknown): boolean {
  return typeof text === 'string' && text.startsWith('kustodian/');
}

/** True if both say the same of every field, whatever their commits. */
export function remembersTheSame(a: unknown, b: unknown): boolean {
  const [first, second] = [parseAppliedState(a), parseAppliedState(b)];
  if (first === undefined || second === undefined) return first === second;
  return formatAppliedState({ ...first, commit: '' }) === formatAppliedState({ ...second, commit: '' });
}

function toName(pointer: string): string {
  const isProperty = pointer.startsWith(propertiesPrefix);
  return encodeURIComponent(isProperty ? pointer.slice(propertiesPrefix.length) : pointer);
}

function toPointer(name: string): string | undefined {
  const text = decode(name);
  return text === undefined || text.startsWith('/') ? text : `${propertiesPrefix}${text}`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
