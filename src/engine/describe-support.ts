import type { KnownNames } from '../kql/known-names.ts';
import { aggregates } from './aggregates/registry.ts';
import { severalAggregates } from './aggregates/several.ts';
import type { Callable } from './check-call.ts';
import { isKnownExpression } from './compile-scalar.ts';
import { expressionTexts } from './expression-texts.ts';
import { scalarFunctions } from './functions/registry.ts';
import { windowFunctions } from './functions/window.ts';
import { plugins } from './operators/evaluate.ts';
import { operatorNotes } from './operators/operator-notes.ts';
import { findOperator } from './operators/registry.ts';
import { reasonForRefusal } from './refusal-reasons.ts';
import { parametersOfOperator } from './refuse-unread.ts';
import { specialCalls } from './special-calls.ts';

/**
 * What the engine makes of something: `approximate` is exact here where Kusto estimates, `arbitrary` is one of the answers that
 * Kusto may give.
 */
export type SupportState = 'exact' | 'approximate' | 'arbitrary' | 'refused';

/** A line of docs/kql-support.md. */
export interface SupportEntry {
  readonly name: string;
  /** How it is written: `substring(source, start, length?)`. */
  readonly form: string;
  readonly state: SupportState;
  /** Markdown; empty if there is nothing to add. */
  readonly note: string;
}

/** Entries of a kind. */
export interface SupportGroup {
  readonly title: string;
  readonly entries: readonly SupportEntry[];
}

/** Compares what the parser knows with what the engine has. */
export function describeSupport(known: KnownNames): readonly SupportGroup[] {
  return [
    { title: 'Operators on rows', entries: sorted(known.operators.map(describeOperator)) },
    { title: 'Plugins', entries: describeNamed(known.plugins, Object.keys(plugins)) },
    { title: 'Operators on values', entries: sorted(known.expressions.flatMap(describeExpression)) },
    {
      title: 'Functions',
      entries: describeCallables(known.functions, [...scalarFunctions, ...windowFunctions, ...specialCalls], {
        table: 'table(name)',
        geo_info_from_ip_address: 'geo_info_from_ip_address(ip)',
      }),
    },
    {
      title: 'Aggregates',
      entries: describeCallables(known.aggregates, [...severalAggregates, ...aggregates], {}),
    },
  ];
}

function describeOperator(kind: string): SupportEntry {
  const name = operatorName(kind);
  if (!findOperator(kind)) return refused(name, name);
  const parameters = parametersOfOperator(kind).map((parameter) => `\`${parameter}\``);
  const note = operatorNotes[kind];
  return {
    name,
    form: name,
    state: note?.caution ?? 'exact',
    note: [note?.note, parameters.length > 0 ? `parameters ${parameters.join(', ')}` : undefined]
      .filter((part) => part !== undefined)
      .join('; '),
  };
}

const spelled: Readonly<Record<string, string>> = {
  FilterOperator: 'where',
  GetSchemaOperator: 'getschema',
  PartitionByOperator: '__partitionby',
  ReduceByOperator: 'reduce',
  SortOperator: 'sort',
  TakeOperator: 'take',
};

function operatorName(kind: string): string {
  const words = kind.replace(/Operator$/, '').match(/[A-Z][a-z]*/g) ?? [kind];
  return spelled[kind] ?? words.join('-').toLowerCase();
}

function describeExpression(kind: string): readonly SupportEntry[] {
  const text = expressionTexts[kind];
  if (text === undefined) return [];
  return [
    isKnownExpression(kind) ? { name: text, form: text, state: 'exact', note: '' } : refused(text, text),
  ];
}

function describeNamed(known: readonly string[], own: readonly string[]): readonly SupportEntry[] {
  return sorted(
    [...new Set([...known, ...own])].map((name) =>
      own.includes(name) ? { name, form: name, state: 'exact', note: '' } : refused(name, name),
    ),
  );
}

/** `fromFixtures`: functions by name with their form, whose values or rows a fixture gives. */
function describeCallables(
  known: readonly string[],
  own: readonly Callable[],
  fromFixtures: Readonly<Record<string, string>>,
): readonly SupportEntry[] {
  const entries = new Map<string, SupportEntry>(known.map((name) => [name, refused(name, `${name}()`)]));
  for (const [name, form] of Object.entries(fromFixtures))
    entries.set(name, { name, form, state: 'exact', note: 'from [fixtures](#what-comes-from-fixtures)' });
  for (const { signature, caution, limits } of own) {
    const note = [caution?.because, limits].filter((part) => part !== undefined).join('; ');
    entries.set(signature.name, {
      name: signature.name,
      form: signature.text,
      state: caution?.reason ?? 'exact',
      note,
    });
  }
  return sorted([...entries.values()]);
}

function refused(name: string, form: string): SupportEntry {
  return { name, form, state: 'refused', note: reasonForRefusal(name) };
}

function sorted(entries: readonly SupportEntry[]): readonly SupportEntry[] {
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
