import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, type JsonValue } from '../core/json.ts';
import { loadDetection } from '../detection/load-detection.ts';
import { defaultApiVersion } from '../sentinel/api-versions.ts';
import { compileBody } from './compile-detection.ts';
import {
  packagerDifferences,
  severityInvented,
  type ComparedField,
  type PackagedContext,
  type PackagerDifference,
} from './packager-differences.ts';

/** An alert rule as Microsoft's packager made it of a published detection. */
export interface PackagedAlertRule {
  readonly id: string;
  /** The detection's file, beside the packaged one. */
  readonly file: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly properties: JsonObject;
}

/** How a compiled detection compares with the packaged alert rule. They agree if nothing is in `disagreements`. */
export type PackagerComparison =
  | {
      readonly type: 'compared';
      /** Fields that differ, after every rule that applies. */
      readonly disagreements: readonly ComparedField[];
      /** Fields that differ on purpose, with the rule. */
      readonly differences: readonly { readonly pointer: string; readonly rule: string }[];
    }
  | { readonly type: 'not-loaded'; readonly diagnostics: readonly Diagnostic[] };

/** Compiles a detection and compares the result with the packaged alert rule, field by field. */
export function compareWithPackager(packaged: PackagedAlertRule, bytes: Uint8Array): PackagerComparison {
  const hasDefaultSeverity = packaged.properties['severity'] === 'Medium' && !hasSeverity(bytes);
  const result = loadDetection(packaged.file, hasDefaultSeverity ? withSeverity(bytes) : bytes);
  if (result.type !== 'detection') return { type: 'not-loaded', diagnostics: result.diagnostics };
  const { document, detection } = result.loaded;
  const { properties, ...rest } = toJson(compileBody(detection, defaultApiVersion));
  const findings = compareField(
    {
      pointer: '',
      ours: { ...rest, ...(isJsonObject(properties) ? properties : {}) },
      theirs: { kind: packaged.kind, ...packaged.properties },
    },
    { yaml: isJsonObject(document.data) ? document.data : {}, apiVersion: packaged.apiVersion },
    packagerDifferences,
  );
  return {
    type: 'compared',
    disagreements: findings.flatMap((finding) => ('rule' in finding ? [] : [finding])),
    differences: [
      ...(hasDefaultSeverity ? [{ pointer: '/severity', rule: severityInvented.id }] : []),
      ...findings.flatMap((finding) => ('rule' in finding ? [finding] : [])),
    ],
  };
}

function hasSeverity(bytes: Uint8Array): boolean {
  return /^["']?severity["']?\s*:/m.test(new TextDecoder().decode(bytes));
}

/** As if the author had written what the packager made up, so that the other fields can be compared. */
function withSeverity(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(`${new TextDecoder().decode(bytes)}\nseverity: Medium\n`);
}

function toJson(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

type Finding = ComparedField | { readonly pointer: string; readonly rule: string };

function compareField(
  field: ComparedField,
  context: PackagedContext,
  rules: readonly PackagerDifference[],
): readonly Finding[] {
  const { pointer, ours, theirs } = field;
  if (isSame(ours, theirs)) return [];
  for (const rule of rules) {
    const restored = rule.restore(field, context);
    if (restored === undefined) continue;
    const others = rules.filter((other) => other !== rule);
    return [
      { pointer, rule: rule.id },
      ...compareField({ pointer, ours, theirs: restored.value }, context, others),
    ];
  }
  if (isJsonArray(ours) && isJsonArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((item, index) =>
      compareField(
        { pointer: joinPointer(pointer, index), ours: item, theirs: theirs[index] },
        context,
        packagerDifferences,
      ),
    );
  }
  if (isJsonObject(ours) && isJsonObject(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
    return keys.flatMap((key) =>
      compareField(
        { pointer: joinPointer(pointer, key), ours: ours[key], theirs: theirs[key] },
        context,
        packagerDifferences,
      ),
    );
  }
  return [field];
}

function isSame(ours: JsonValue | undefined, theirs: JsonValue | undefined): boolean {
  if (ours === undefined || theirs === undefined) return ours === theirs;
  return jsonEquals(ours, theirs);
}

/** Reads a compiled.json; undefined if it is not a list of packaged alert rules. */
export function readPackagedAlertRules(text: string): readonly PackagedAlertRule[] | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(data) && data.every(isPackagedAlertRule) ? data : undefined;
}

function isPackagedAlertRule(value: unknown): value is PackagedAlertRule {
  return (
    isJsonObject(value) &&
    ['id', 'file', 'kind', 'apiVersion'].every((key) => typeof value[key] === 'string') &&
    isJsonObject(value['properties'])
  );
}
