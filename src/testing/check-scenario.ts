import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { JsonObject } from '../core/json.ts';
import { nearestName } from '../core/nearest-name.ts';
import { raisesAlerts } from '../checks/detection-kinds.ts';
import { entityIdentifiers } from '../sentinel/entity-identifiers.ts';
import { alertProperties, entityTypes } from '../sentinel/vocabulary.ts';
import type { AuthoredAlert } from './authored-tests.ts';
import { readFixtureValue } from './fixture-value.ts';
import { parseForeignTable } from './foreign-table.ts';
import type { PreparedDetection } from './prepare-detection.ts';
import type { Scenario } from './scenario.ts';

/**
 * What is wrong with a scenario in view of its detection: rows of tables that the query does not read, and expectations that
 * nothing could ever meet, such as a misspelt column. The latter are errors.
 */
export function checkScenario(prepared: PreparedDetection, scenario: Scenario): readonly Diagnostic[] {
  return [
    ...findUnreadTables(prepared, scenario),
    ...checkRows(prepared, scenario),
    ...checkAlerts(prepared, scenario),
  ];
}

function findUnreadTables({ bound }: PreparedDetection, scenario: Scenario): readonly Diagnostic[] {
  const { tables, wildcards, workspaces } = bound.references;
  if (wildcards.length > 0) return [];
  const isRead = (name: string): boolean => {
    const foreign = parseForeignTable(name);
    if (foreign === undefined) return tables.includes(name);
    return tables.includes(foreign.table) && workspaces.includes(foreign.workspace);
  };
  return [...scenario.fixtures.tables.keys()].flatMap((name): readonly Diagnostic[] => {
    const pointer = joinPointer(scenario.pointer, 'given', name);
    // Rows of the defaults serve several scenarios, of which some may change what the query reads.
    if (isRead(name) || !isWritten(scenario, pointer)) return [];
    return [
      {
        code: 'fixture-unread',
        severity: 'warning',
        message: `the query does not read "${name}", so these rows change nothing`,
        file: scenario.document.file,
        span: scenario.document.spanOf(pointer, 'key'),
        hint: `it reads ${tables.join(', ') || 'no table'}`,
      },
    ];
  });
}

function isWritten({ document, pointer }: Scenario, wanted: string): boolean {
  return document.spanOf(wanted, 'key').start.offset > document.spanOf(pointer).start.offset;
}

function checkRows({ bound }: PreparedDetection, scenario: Scenario): readonly Diagnostic[] {
  const { rows } = scenario.expect;
  const { result } = bound;
  if (typeof rows !== 'object' || result === undefined || result.isOpen) return [];
  const place = joinPointer(scenario.pointer, 'expect', 'rows');
  return rows.flatMap((row, index) =>
    Object.entries(row ?? {}).flatMap(([name, value]): readonly Diagnostic[] => {
      const pointer = joinPointer(place, index, name);
      const column = result.columns.find((each) => each.name === name);
      if (column === undefined) {
        const names = result.columns.map((each) => each.name);
        return [unknown(scenario, pointer, `the query returns no column "${name}"`, name, names)];
      }
      const read = readFixtureValue(column.type, value, scenario.now);
      return 'value' in read ? [] : [wrong(scenario, pointer, `${name}: ${read.problem}`, read.hint)];
    }),
  );
}

function checkAlerts({ detection }: PreparedDetection, scenario: Scenario): readonly Diagnostic[] {
  const { alerts, incidents } = scenario.expect;
  const place = joinPointer(scenario.pointer, 'expect', 'alerts');
  if (!raisesAlerts(detection)) {
    const key =
      typeof alerts === 'object' || (alerts ?? 0) > 0 ? 'alerts' : incidents ? 'incidents' : undefined;
    if (key === undefined) return [];
    const pointer = joinPointer(scenario.pointer, 'expect', key);
    return [wrong(scenario, pointer, 'a hunting query raises no alerts', 'expect rows')];
  }
  if (typeof alerts !== 'object') return [];
  const details = Object.keys(detection.customDetails ?? {});
  return alerts.flatMap((alert, index): readonly Diagnostic[] => {
    const pointer = joinPointer(place, index);
    const names = (key: 'customDetails' | 'properties', known: readonly string[]): readonly Diagnostic[] =>
      Object.keys(alert?.[key] ?? {})
        .filter((name) => !known.includes(name))
        .map((name) =>
          unknown(scenario, joinPointer(pointer, key, name), `there is no "${name}" in ${key}`, name, known),
        );
    return [
      ...names('customDetails', details),
      ...names('properties', alertProperties),
      ...checkEntities(scenario, pointer, alert),
    ];
  });
}

function checkEntities(
  scenario: Scenario,
  pointer: string,
  alert: AuthoredAlert | null,
): readonly Diagnostic[] {
  return (alert?.entities ?? []).flatMap((entity: JsonObject, index): readonly Diagnostic[] => {
    const place = joinPointer(pointer, 'entities', index);
    const { entityType: named, ...identifiers } = entity;
    const entityType = entityTypes.find((type) => type === named);
    if (entityType === undefined) {
      const text = typeof named === 'string' ? named : '';
      const at = joinPointer(place, 'entityType');
      return [unknown(scenario, at, `"${text}" is no type of an entity`, text, entityTypes, 'value')];
    }
    const { identifiers: known } = entityIdentifiers[entityType];
    return Object.keys(identifiers)
      .filter((name) => !known.includes(name))
      .map((name) =>
        unknown(scenario, joinPointer(place, name), `${entityType} has no identifier "${name}"`, name, known),
      );
  });
}

function unknown(
  scenario: Scenario,
  pointer: string,
  message: string,
  name: string,
  known: readonly string[],
  part: 'key' | 'value' = 'key',
): Diagnostic {
  const nearest = nearestName(name, known);
  const list = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`;
  return wrong(scenario, pointer, message, nearest === undefined ? list : `did you mean "${nearest}"?`, part);
}

function wrong(
  { document }: Scenario,
  pointer: string,
  message: string,
  hint: string,
  part: 'key' | 'value' = 'value',
): Diagnostic {
  const { file } = document;
  return {
    code: 'expectation-impossible',
    severity: 'error',
    message,
    file,
    span: document.spanOf(pointer, part),
    hint,
  };
}
