import type { Check, CheckSubject } from '../../src/checks/check.ts';
import type { Detection } from '../../src/detection/detection.ts';
import type { LoadedDetection } from '../../src/detection/loaded-detection.ts';
import { loadBuiltinSchema } from '../../src/kql/schemas/builtin-schema.ts';
import { bindDetection } from '../../src/validate/bind-detection.ts';
import { buildLoaded } from './build-detection.ts';

const builtin = await loadBuiltinSchema();

/** The built-in schema with these tables alone: to bind a query that reads every table takes the parser seconds. */
export function schemaOf(...tables: readonly string[]): typeof builtin {
  return { ...builtin, tables: new Map([...builtin.tables].filter(([name]) => tables.includes(name))) };
}

/** What a check gets to see of a detection whose query is bound, to the built-in tables if no schema is given. */
export function subjectOf(loaded: LoadedDetection, schema = builtin): CheckSubject {
  const query = bindDetection(loaded, schema);
  return query === undefined ? { loaded } : { loaded, query };
}

/** Runs one check over a built detection and its query: `place: message`, where a place in the query is its text. */
export function checkQuery(check: Check, detection: Detection, schema = builtin): string[] {
  const query = 'query' in detection ? detection.query : '';
  const findings: string[] = [];
  check.check(subjectOf(buildLoaded(detection), schema), (pointer, message, { range, part } = {}) => {
    const inQuery = pointer === '/query' && range ? query.slice(range.start, range.end) : undefined;
    findings.push(`${inQuery ?? (part === 'key' ? `${pointer} (key)` : pointer)}: ${message}`);
  });
  return findings;
}
