import type { SchemaViolation } from '../core/json-schema.ts';
import type { JsonObject } from '../core/json.ts';
import { explainMissingKeys, isAboutMissingKey, missingPointer } from './explain-missing-keys.ts';
import { explainUnknownKey, isAboutUnknownKey } from './explain-unknown-key.ts';
import { explainValues } from './explain-values.ts';
import type { Finding } from './finding.ts';
import type { SourceDocument } from './source-document.ts';

/**
 * Says what the author did wrong, one finding for each mistake: a misspelt key is not also a missing one, and a value of the
 * wrong type breaks no other rule.
 *
 * @param schema the whole schema
 * @param data what was judged by it
 * @param document where the data comes from
 */
export function explainViolations(
  violations: readonly SchemaViolation[],
  schema: JsonObject,
  data: unknown,
  document: SourceDocument,
): readonly Finding[] {
  const keys = violations.filter(isAboutUnknownKey).map(explainUnknownKey);
  const meant = new Set(keys.map((key) => key.meant));
  const missing = violations
    .filter(isAboutMissingKey)
    .filter((violation) => !meant.has(missingPointer(violation)));
  const values = violations.filter((each) => !isAboutUnknownKey(each) && !isAboutMissingKey(each));
  return [
    ...keys.map((key) => key.finding),
    ...explainMissingKeys(missing, schema, document),
    ...explainValues(values, data),
  ];
}
