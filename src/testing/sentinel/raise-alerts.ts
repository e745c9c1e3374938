import type { AlertingDetection } from '../../detection/detection.ts';
import type { RowSet } from '../../engine/scope.ts';
import type { Alert } from './alert.ts';
import { renderAlertDetails } from './alert-details.ts';
import { readCustomDetails } from './custom-details.ts';
import { groupEvents } from './group-events.ts';
import { mapEntities } from './map-entities.ts';
import { isTriggered } from './trigger.ts';

/** The alerts that a run raises whose query returned these rows. */
export function raiseAlerts(detection: AlertingDetection, result: RowSet): readonly Alert[] {
  if (!isTriggered(detection, result.rows.length)) return [];
  return groupEvents(detection, result.rows.length).map((indexes) => {
    const rows = indexes.map((index) => result.rows[index] ?? []);
    const results = { columns: result.columns, rows };
    const details = renderAlertDetails(detection, results);
    const { entities, notes: entityNotes } = mapEntities(detection, results);
    const { customDetails, notes: detailNotes } = readCustomDetails(detection, results);
    return {
      ...details,
      techniques: detection.techniques,
      entities,
      customDetails,
      rows: indexes,
      notes: [...details.notes, ...entityNotes, ...detailNotes],
    };
  });
}
