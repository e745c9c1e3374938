import { unquoteDescription } from '../detection/unquote-description.ts';
import { formatDuration, parseDuration } from '../core/duration.ts';
import { isJsonArray, type JsonObject, type JsonValue } from '../core/json.ts';
import { splitPointer, valueAt } from '../core/json-pointer.ts';
import { normaliseIncidentConfiguration } from '../detection/normalise-incident-configuration.ts';
import { splitTechniques } from './split-techniques.ts';

/** A field of which the two sides differ. `undefined`: the side does not have it. */
export interface ComparedField {
  /** JSON pointer into the properties; `/kind` is the kind of the alert rule. */
  readonly pointer: string;
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** What a rule may know beside the field. */
export interface PackagedContext {
  /** The detection's YAML as data, not normalised. */
  readonly yaml: JsonObject;
  /** api-version of the packaged template: tells the packager's age. */
  readonly apiVersion: string;
}

/**
 * A way in which Microsoft's packager differs from Kustodian on purpose. A rule does not excuse a field: it says what the
 * packager would have written without its quirk, taken from the YAML or from its own value, and that is compared again.
 */
export interface PackagerDifference {
  readonly id: string;
  readonly reason: string;
  /** The packager's value without the quirk, or undefined if the rule does not apply. */
  restore(field: ComparedField, context: PackagedContext): Restored | undefined;
}

interface Restored {
  readonly value: JsonValue | undefined;
}

/**
 * The one difference that no field shows, for there is nothing to compare: a detection without a severity does not load.
 * compareWithPackager looks for it first.
 */
export const severityInvented: Pick<PackagerDifference, 'id' | 'reason'> = {
  id: 'severity-invented',
  reason: 'the packager takes a missing severity for Medium; here the author must state it',
};

/** Every difference that is on purpose; the first that applies to a field is taken. */
export const packagerDifferences: readonly PackagerDifference[] = [
  {
    id: 'template-only-property',
    reason: 'status and requiredDataConnectors belong to a template; an alert rule has no such property',
    restore: ({ pointer, ours }) =>
      (pointer === '/status' || pointer === '/requiredDataConnectors') && ours === undefined
        ? { value: undefined }
        : undefined,
  },
  {
    id: 'always-disabled',
    reason: 'a template is installed disabled; a detection in Git is enabled unless it says otherwise',
    restore: ({ pointer, theirs }, { yaml }) =>
      pointer === '/enabled' && theirs === false ? { value: yaml['enabled'] ?? true } : undefined,
  },
  {
    id: 'suppression-ignored',
    reason: 'the packager writes PT1H and false whatever the YAML says',
    restore: ({ pointer, theirs }, { yaml }) => {
      if (pointer === '/suppressionDuration' && theirs === 'PT1H')
        return canonical(yaml['suppressionDuration']);
      const enabled = yaml['suppressionEnabled'];
      return pointer === '/suppressionEnabled' && theirs === false && enabled !== undefined
        ? { value: enabled }
        : undefined;
    },
  },
  {
    id: 'template-reference-dropped',
    reason: 'the packager makes the template, so it drops the reference to one; an alert rule may have it',
    restore: ({ pointer, theirs }, { yaml }) =>
      (pointer === '/alertRuleTemplateName' || pointer === '/templateVersion') && theirs === undefined
        ? restoreFrom(yaml, pointer)
        : undefined,
  },
  {
    id: 'unresolved-variable',
    reason: 'a value under a key that ends in Id is moved to a template variable named like the key',
    restore: ({ pointer, theirs }, { yaml }) => {
      const key = splitPointer(pointer).at(-1) ?? '';
      return theirs === `[variables('_${key}')]` ? restoreFrom(yaml, pointer) : undefined;
    },
  },
  {
    id: 'empty-value',
    reason:
      'an empty list, mapping or text says nothing and is left out; the packager keeps some as variables',
    restore: ({ ours, theirs }) =>
      ours === undefined && isEmptyValue(theirs) ? { value: undefined } : undefined,
  },
  {
    id: 'list-of-one-unwrapped',
    reason: 'PowerShell turns a list of one element into the element; the API takes lists only',
    restore: ({ ours, theirs }) =>
      isJsonArray(ours) && theirs !== undefined && theirs !== null && !isJsonArray(theirs)
        ? { value: [theirs] }
        : undefined,
  },
  {
    id: 'duration-spelling',
    reason:
      'the packager puts P or PT in front of the authored text (PT24H); durations are canonical here (P1D)',
    restore: ({ pointer, theirs }, { yaml }) => {
      const authored =
        pointer === '/queryFrequency' || pointer === '/queryPeriod' ? valueAt(yaml, pointer) : null;
      if (typeof authored !== 'string') return undefined;
      const prefix = /d/i.test(authored) ? 'P' : 'PT';
      return theirs === prefix + authored.toUpperCase() ? canonical(authored) : undefined;
    },
  },
  {
    id: 'lookback-copied-raw',
    reason: 'the packager copies 5H as it is, which the alertRules API refuses',
    restore: ({ pointer, theirs }) =>
      pointer === '/incidentConfiguration/groupingConfiguration/lookbackDuration'
        ? canonical(theirs)
        : undefined,
  },
  {
    id: 'incident-default-left-out',
    reason: 'the API requires these members; what the YAML leaves out has the documented default',
    restore: ({ pointer, ours, theirs }, { yaml }) =>
      pointer.startsWith('/incidentConfiguration/') &&
      ours !== undefined &&
      theirs === undefined &&
      valueAt(yaml, pointer) === undefined
        ? restoreFrom(incidentDefaults, pointer)
        : undefined,
  },
  {
    id: 'description-unquoted',
    reason: 'the packager cuts the last character with an opening quote, whether or not the two are a pair',
    restore: ({ pointer, theirs }, { yaml }) => {
      const authored = yaml['description'];
      if (pointer !== '/description' || typeof authored !== 'string') return undefined;
      const trimmed = authored.trimEnd();
      return /^['"]/.test(trimmed) && theirs === trimmed.slice(1, -1)
        ? { value: unquoteDescription(authored) }
        : undefined;
    },
  },
  {
    id: 'techniques-not-written',
    reason: 'packagers of early 2022 wrote no techniques, and those before 2024 no sub-techniques',
    restore: ({ pointer, theirs }, { yaml, apiVersion }) => {
      if (theirs !== undefined) return undefined;
      const authored = splitTechniques(textsAt(yaml, 'relevantTechniques', 'techniques', 'subTechniques'));
      if (pointer === '/techniques' && apiVersion === '2022-04-01-preview')
        return { value: authored.techniques };
      return pointer === '/subTechniques' ? { value: authored.subTechniques } : undefined;
    },
  },
  {
    id: 'sub-techniques-key-dropped',
    reason: 'the packager does not read the key subTechniques',
    restore: ({ pointer, theirs }, { yaml }) => {
      const dropped = splitTechniques(textsAt(yaml, 'subTechniques'));
      const kept = theirs ?? [];
      if (!isJsonArray(kept) || dropped.techniques.length === 0) return undefined;
      if (pointer === '/techniques') return { value: [...kept, ...dropped.techniques] };
      return pointer === '/subTechniques' ? { value: [...kept, ...dropped.subTechniques] } : undefined;
    },
  },
  {
    id: 'repeated-entry',
    reason: 'T1021.001 and T1021.002 give T1021 twice; a repeated technique or tactic says nothing more',
    restore: ({ pointer, theirs }, { yaml }) => {
      const mayRepeat =
        pointer === '/techniques' || (pointer === '/tactics' && hasRepeats(textsAt(yaml, 'tactics')));
      return mayRepeat && isJsonArray(theirs) && hasRepeats(theirs)
        ? { value: [...new Set(theirs)] }
        : undefined;
    },
  },
  {
    id: 'vocabulary-copied-verbatim',
    reason: "the packager copies words of closed vocabularies in any spelling; they are in the API's here",
    restore: ({ pointer, ours, theirs }) =>
      isVocabulary.test(pointer) && letters(ours) !== '' && letters(ours) === letters(theirs)
        ? { value: ours }
        : undefined,
  },
];

const isVocabulary =
  /^\/(?:kind|severity|triggerOperator|tactics\/\d+|eventGroupingSettings\/aggregationKind|entityMappings\/\d+\/entityType|incidentConfiguration\/groupingConfiguration\/matchingMethod)$/;

const incidentDefaults = {
  incidentConfiguration: normaliseIncidentConfiguration({ groupingConfiguration: { enabled: false } }),
};

function canonical(value: JsonValue | undefined): Restored | undefined {
  const seconds = typeof value === 'string' ? parseDuration(value) : undefined;
  return seconds === undefined ? undefined : { value: formatDuration(seconds) };
}

const emptyVariable = /^\[variables\('(?:blanks|TemplateEmptyArray|TemplateEmptyObject)'\)\]$/;

/** Also of emptiness all the way down. */
function isEmptyValue(value: JsonValue | undefined): boolean {
  if (value === undefined) return false;
  if (value === null || value === '') return true;
  if (typeof value === 'string') return emptyVariable.test(value);
  return typeof value === 'object' && Object.values(value).every(isEmptyValue);
}

function restoreFrom(root: unknown, pointer: string): Restored {
  return { value: valueAt(root, pointer) as JsonValue | undefined };
}

/** The texts under some keys, whether each holds one or a list. */
function textsAt(yaml: JsonObject, ...keys: readonly string[]): readonly string[] {
  return keys
    .flatMap((key) => yaml[key] ?? [])
    .filter((item) => typeof item === 'string')
    .map((item) => item.trim());
}

function hasRepeats(list: readonly JsonValue[]): boolean {
  return new Set(list).size < list.length;
}

function letters(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.replace(/[\s-]/g, '').toLowerCase() : '';
}
