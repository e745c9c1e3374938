import { joinPointer } from '../core/json-pointer.ts';
import { textParameter, type SchemaViolation } from '../core/json-schema.ts';
import { isJsonObject } from '../core/json.ts';
import { nearestName } from '../core/nearest-name.ts';
import { describePointer } from './describe-value.ts';
import type { Finding } from './finding.ts';

/** True for a key that the schema does not know. */
export function isAboutUnknownKey({ keyword }: SchemaViolation): boolean {
  return keyword === 'additionalProperties';
}

/**
 * A key that nearly is a known one was meant to be it, so its value would be lost: an error. Any other is a note of the
 * author's: a warning. `meant` points to where the meant key would stand.
 */
export function explainUnknownKey(violation: SchemaViolation): {
  readonly finding: Finding;
  readonly meant: string | undefined;
} {
  const key = textParameter(violation, 'additionalProperty');
  const { properties } = violation.schema;
  const nearest = nearestName(key, isJsonObject(properties) ? Object.keys(properties) : []);
  const place = violation.pointer === '' ? '' : ` in ${describePointer(violation.pointer)}`;
  const common = { pointer: joinPointer(violation.pointer, key), part: 'key' } as const;
  if (nearest === undefined) {
    const message = `unknown key "${key}"${place}: its value is ignored`;
    return {
      finding: { ...common, code: 'unknown-key', severity: 'warning', message, hint: 'remove it' },
      meant: undefined,
    };
  }
  const message = `misspelt key "${key}"${place}: its value would be lost`;
  const hint = `did you mean "${nearest}"?`;
  return {
    finding: { ...common, code: 'misspelt-key', severity: 'error', message, hint },
    meant: joinPointer(violation.pointer, nearest),
  };
}
