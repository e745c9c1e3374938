import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  strTag,
  type ScalarEvent,
  type ScalarTagDefinition,
} from 'js-yaml';

type ScalarValue = string | number | boolean | null;

const resolvers = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag] as const;
const resolverByTag = new Map<string, ScalarTagDefinition<ScalarValue>>([
  ['!!null', nullCoreTag],
  ['!!bool', boolCoreTag],
  ['!!int', intCoreTag],
  ['!!float', floatCoreTag],
  ['!!str', strTag],
  ['!', strTag],
]);

/** The text of a scalar with escapes and folding undone and every line end as `\n`, even one written as an escape. */
export function readScalarText(source: string, event: ScalarEvent): string {
  const text = getScalarValue(source, event);
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** What the text of a scalar means by YAML 1.2's core schema; undefined if its tag is unknown or does not fit it. */
export function resolveScalar(text: string, event: ScalarEvent, tag: string): ScalarValue | undefined {
  if (tag === '') return event.style === SCALAR_STYLE.PLAIN ? resolvePlain(text) : text;
  const resolver = resolverByTag.get(tag);
  const value = resolver?.resolve(text, true, resolver.tagName);
  return value === NOT_RESOLVED ? undefined : value;
}

function resolvePlain(text: string): ScalarValue {
  if (text !== '' && !/^[-+.~\dnNtTfF]/.test(text)) return text;
  for (const resolver of resolvers) {
    const value = resolver.resolve(text, false, resolver.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}
