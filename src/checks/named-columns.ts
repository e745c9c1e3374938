import { joinPointer } from '../core/json-pointer.ts';
import type { QueryDetection } from '../detection/detection.ts';
import { alertFormats } from './alert-formats.ts';
import { raisesAlerts } from './detection-kinds.ts';

/** What a detection names a column for. */
export type ColumnUse =
  'entity' | 'sentinel-entities' | 'custom-detail' | 'format' | 'tactics' | 'severity' | 'dynamic-property';

/** A place in a detection that names a column of the query's result. */
export interface NamedColumn {
  readonly use: ColumnUse;
  readonly pointer: string;
  readonly column: string;
  /** Where the name is within the value, if it is only a part of it. */
  readonly range?: { readonly start: number; readonly end: number };
}

/** Every place in a detection that names a column of its query's result, in the order of the format. */
export function namedColumns(detection: QueryDetection): readonly NamedColumn[] {
  const entities = detection.entityMappings.flatMap(({ fieldMappings }, index) =>
    fieldMappings.map(({ columnName }, field): NamedColumn => {
      const pointer = `/entityMappings/${index}/fieldMappings/${field}/columnName`;
      return { use: 'entity', pointer, column: columnName };
    }),
  );
  if (!raisesAlerts(detection)) return entities;
  const sentinelEntities = detection.sentinelEntitiesMappings.map(({ columnName }, index): NamedColumn => {
    return {
      use: 'sentinel-entities',
      pointer: `/sentinelEntitiesMappings/${index}/columnName`,
      column: columnName,
    };
  });
  const details = Object.entries(detection.customDetails ?? {}).map(([key, column]): NamedColumn => {
    return { use: 'custom-detail', pointer: joinPointer('/customDetails', key), column };
  });
  const formats = alertFormats(detection).flatMap(({ pointer, format }) =>
    [...format.matchAll(/\{\{([^{}]*)\}\}/g)].map(
      ({ 0: placeholder, 1: column = '', index }): NamedColumn => {
        const range = { start: index, end: index + placeholder.length };
        return { use: 'format', pointer, column: column.trim(), range };
      },
    ),
  );
  const {
    alertTacticsColumnName,
    alertSeverityColumnName,
    alertDynamicProperties = [],
  } = detection.alertDetailsOverride ?? {};
  const single = (use: ColumnUse, key: string, column: string | undefined): readonly NamedColumn[] =>
    column === undefined ? [] : [{ use, pointer: `/alertDetailsOverride/${key}`, column }];
  const properties = alertDynamicProperties.map(({ value }, index): NamedColumn => {
    const pointer = `/alertDetailsOverride/alertDynamicProperties/${index}/value`;
    return { use: 'dynamic-property', pointer, column: value };
  });
  return [
    ...entities,
    ...sentinelEntities,
    ...details,
    ...formats,
    ...single('tactics', 'alertTacticsColumnName', alertTacticsColumnName),
    ...single('severity', 'alertSeverityColumnName', alertSeverityColumnName),
    ...properties,
  ];
}
