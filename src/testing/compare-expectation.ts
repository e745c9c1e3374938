import type { SourceSpan } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { isJsonArray, type JsonObject, type JsonValue } from '../core/json.ts';
import type { RowSet } from '../engine/scope.ts';
import { valueToText } from '../engine/value-text.ts';
import type { Datetime, Value } from '../engine/value.ts';
import { dynamicToJson } from '../engine/json-text.ts';
import type { AuthoredAlert } from './authored-tests.ts';
import { readFixtureValue, toDynamic } from './fixture-value.ts';
import { matchItems, type Cell, type Matching } from './match-items.ts';
import type { DetectionRun } from './run-detection.ts';
import { sameValue } from './same-value.ts';
import type { Scenario } from './scenario.ts';
import type { Alert, Entity } from './sentinel/alert.ts';

/** Something that came out otherwise than expected. */
export interface Mismatch {
  /** `1 alert expected, 0 raised` */
  readonly message: string;
  /** Where the expectation stands in the tests file. */
  readonly span: SourceSpan;
  /** The expected row or alert against the nearest that came, value by value. */
  readonly cells?: readonly Cell[];
  /** Rows or alerts that nobody expected, as lines. */
  readonly unexpected?: readonly string[];
}

/** Every way in which a run is not what a scenario expects. */
export function compareExpectation(scenario: Scenario, run: DetectionRun): readonly Mismatch[] {
  const { alerts, incidents, rows, none } = scenario.expect;
  if (none === true) return run.raisesAlerts ? compareAlerts(scenario, run) : compareRows(scenario, run);
  return [
    ...(alerts === undefined ? [] : compareAlerts(scenario, run)),
    ...(incidents === undefined
      ? []
      : compareCount(scenario, 'incidents', incidents, run.incidents.length, 'incident', [])),
    ...(rows === undefined ? [] : compareRows(scenario, run)),
  ];
}

function compareCount(
  { document, pointer }: Scenario,
  key: string,
  expected: number,
  got: number,
  noun: string,
  unexpected: readonly string[],
): readonly Mismatch[] {
  if (expected === got) return [];
  const span = document.spanOf(joinPointer(pointer, 'expect', key));
  const message = `${expected} ${noun}${expected === 1 ? '' : 's'} expected, got ${got}`;
  return [{ message, span, ...(unexpected.length === 0 ? {} : { unexpected }) }];
}

function compareRows(scenario: Scenario, { result }: DetectionRun): readonly Mismatch[] {
  const { rows: expected = 0, exact = false } = scenario.expect;
  const lines = (indexes: readonly number[]): readonly string[] =>
    indexes.map((index) => rowLine(result, index));
  if (typeof expected === 'number') {
    const all = expected < result.rows.length ? lines([...result.rows.keys()]) : [];
    return compareCount(scenario, 'rows', expected, result.rows.length, 'row', all);
  }
  const wanted = expected.filter((row) => row !== null);
  const matching = matchItems(wanted.length, result.rows.length, (index, at) =>
    rowCells(wanted[index] ?? {}, result, at, scenario.now),
  );
  return toMismatches(scenario, 'rows', matching, exact ? lines : undefined);
}

function rowCells(
  expected: JsonObject,
  { columns, rows }: RowSet,
  at: number | undefined,
  now: Datetime,
): readonly Cell[] {
  return Object.entries(expected).map(([name, authored]) => {
    const index = columns.findIndex((column) => column.name === name);
    const read = readFixtureValue(columns[index]?.type ?? 'unknown', authored, now);
    const wanted = 'value' in read ? read.value : toDynamic(authored);
    const got = at === undefined || index < 0 ? undefined : (rows[at]?.[index] ?? null);
    const isSame = got !== undefined && 'value' in read && sameValue(wanted, got);
    return { name, expected: show(wanted), got: got === undefined ? undefined : show(got), isSame };
  });
}

function rowLine({ columns, rows }: RowSet, index: number): string {
  const row = rows[index] ?? [];
  return columns
    .map(({ name }, at) => ({ name, value: row[at] ?? null }))
    .filter(({ value }) => value !== null && value !== '')
    .map(({ name, value }) => `${name}: ${show(value)}`)
    .join(', ');
}

function compareAlerts(scenario: Scenario, { alerts }: DetectionRun): readonly Mismatch[] {
  const { alerts: expected = 0, exact = false } = scenario.expect;
  const lines = (indexes: readonly number[]): readonly string[] =>
    indexes.flatMap((index) => (alerts[index] === undefined ? [] : [alertLine(alerts[index])]));
  if (typeof expected === 'number') {
    const all = expected < alerts.length ? lines([...alerts.keys()]) : [];
    return compareCount(scenario, 'alerts', expected, alerts.length, 'alert', all);
  }
  const wanted = expected.filter((alert) => alert !== null);
  const matching = matchItems(wanted.length, alerts.length, (index, at) =>
    alertCells(wanted[index] ?? {}, at === undefined ? undefined : alerts[at], exact),
  );
  return toMismatches(scenario, 'alerts', matching, lines);
}

/** `lines` is left out where more may come than is expected. */
function toMismatches(
  { document, pointer }: Scenario,
  key: 'rows' | 'alerts',
  { unmet, left }: Matching,
  lines?: (indexes: readonly number[]) => readonly string[],
): readonly Mismatch[] {
  const noun = key === 'rows' ? 'row' : 'alert';
  const place = joinPointer(pointer, 'expect', key);
  const missing = unmet.map(({ index, cells }): Mismatch => {
    const span = document.spanOf(joinPointer(place, index));
    const hasCome = cells.some(({ got }) => got !== undefined);
    return {
      message: hasCome ? `no ${noun} is as expected; the nearest:` : `the expected ${noun} did not come`,
      span,
      cells,
    };
  });
  if (lines === undefined || left.length === 0) return missing;
  const message = `${left.length} ${noun}${left.length === 1 ? '' : 's'} came that nobody expected`;
  return [...missing, { message, span: document.spanOf(place), unexpected: lines(left) }];
}

function alertCells(expected: AuthoredAlert, alert: Alert | undefined, exact: boolean): readonly Cell[] {
  const cell = (name: string, wanted: string, got: string | undefined): Cell => ({
    name,
    expected: wanted,
    got,
    isSame: got === wanted,
  });
  const listOf = (value: JsonValue | readonly string[] | undefined): readonly string[] =>
    (isJsonArray(value) ? value : value === undefined ? [] : [value]).map((item) => show(toDynamic(item)));
  const setText = (values: readonly string[]): string => [...values].sort().join(', ');
  const { title, description, severity, tactics, count, entities, customDetails, properties } = expected;
  return [
    ...(title === undefined ? [] : [cell('title', title, alert?.title)]),
    ...(description === undefined
      ? []
      : [cell('description', description.trim(), alert?.description.trim())]),
    ...(severity === undefined ? [] : [cell('severity', severity, alert?.severity)]),
    ...(tactics === undefined
      ? []
      : [cell('tactics', setText(listOf(tactics)), alert && setText(alert.tactics))]),
    ...(count === undefined ? [] : [cell('count', String(count), alert && String(alert.rows.length))]),
    ...(entities === undefined ? [] : entityCells(entities, alert, exact)),
    ...Object.entries(customDetails ?? {}).map(([name, value]) =>
      cell(
        `customDetails.${name}`,
        setText(listOf(value)),
        alert && setText(alert.customDetails[name] ?? []),
      ),
    ),
    ...(exact && customDetails !== undefined && alert !== undefined
      ? Object.entries(alert.customDetails)
          .filter(([name]) => !Object.hasOwn(customDetails, name))
          .map(([name, values]) => cell(`customDetails.${name}`, '', setText(values)))
      : []),
    ...Object.entries(properties ?? {}).map(([name, value]) =>
      cell(`properties.${name}`, show(toDynamic(value)), alert && (alert.properties[name] ?? '')),
    ),
  ];
}

/** Each expected entity is one of the alert's, with at least the identifiers that are named. */
function entityCells(
  entities: readonly JsonObject[],
  alert: Alert | undefined,
  exact: boolean,
): readonly Cell[] {
  const left = new Set(alert?.entities);
  const cells = entities.map(({ entityType, ...identifiers }): Cell => {
    const wanted = Object.entries(identifiers).map(([name, value]): [string, string] => [
      name,
      show(toDynamic(value ?? null)),
    ]);
    const found = [...left].find(
      (entity) =>
        entity.entityType === entityType &&
        wanted.every(([name, value]) => entity.identifiers[name] === value) &&
        (!exact || Object.keys(entity.identifiers).length === wanted.length),
    );
    if (found !== undefined) left.delete(found);
    const expected = entityText(typeof entityType === 'string' ? entityType : '', wanted);
    const others = alert?.entities.filter((entity) => entity.entityType === entityType) ?? [];
    const got = found === undefined ? others.map(describeEntity).join('; ') : expected;
    return { name: 'entity', expected, got: alert && got, isSame: found !== undefined };
  });
  if (!exact) return cells;
  return [
    ...cells,
    ...[...left].map((entity): Cell => {
      return { name: 'entity', expected: '', got: describeEntity(entity), isSame: false };
    }),
  ];
}

/** `Account Name=jdoe, UPNSuffix=example.com` */
export function describeEntity({ entityType, identifiers }: Entity): string {
  return entityText(entityType, Object.entries(identifiers));
}

function entityText(type: string, identifiers: readonly (readonly [string, string])[]): string {
  return `${type} ${identifiers.map(([name, value]) => `${name}=${value}`).join(', ')}`;
}

function alertLine({ title, entities }: Alert): string {
  return [title, ...entities.map(describeEntity)].join(' | ');
}

/** A value for people; lists and bags as JSON. */
function show(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'object' && !('type' in value) ? dynamicToJson(value) : valueToText(value);
}
