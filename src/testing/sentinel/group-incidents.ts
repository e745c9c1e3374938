import { parseDuration } from '../../core/duration.ts';
import type { AlertingDetection, GroupingConfiguration } from '../../detection/detection.ts';
import { ticksPer, type Datetime } from '../../engine/value.ts';
import { alertLimits } from '../../sentinel/limits.ts';
import type { Alert } from './alert.ts';
import { identityOf } from './map-entities.ts';

/** An alert with the time at which it was raised. */
export interface RaisedAlert {
  readonly alert: Alert;
  readonly at: Datetime;
}

/** Alerts that an analyst sees as one case. */
export interface Incident {
  readonly title: string;
  readonly openedAt: Datetime;
  readonly alerts: readonly RaisedAlert[];
}

/**
 * The incidents that alerts become, in the order in which they are opened; expects the alerts in the order in which they
 * are raised. An incident takes in alerts up to the lookback after its first one, and at most 150. Nobody closes one here,
 * so `reopenClosedIncident` changes nothing.
 */
export function groupIncidents(
  { incidentConfiguration }: AlertingDetection,
  alerts: readonly RaisedAlert[],
): readonly Incident[] {
  if (incidentConfiguration?.createIncident === false) return [];
  const grouping = incidentConfiguration?.groupingConfiguration;
  if (grouping?.enabled !== true) {
    return alerts.map((raised) => ({ title: raised.alert.title, openedAt: raised.at, alerts: [raised] }));
  }
  const lookback = BigInt(parseDuration(grouping.lookbackDuration) ?? 0) * ticksPer.second;
  const open = new Map<string, { title: string; openedAt: Datetime; alerts: RaisedAlert[] }>();
  const incidents: Incident[] = [];
  for (const raised of alerts) {
    const key = groupingKey(grouping, raised.alert);
    const current = open.get(key);
    const isOpen =
      current !== undefined &&
      raised.at.ticks - current.openedAt.ticks <= lookback &&
      current.alerts.length < alertLimits.alertsPerIncident;
    if (isOpen) {
      current.alerts.push(raised);
      continue;
    }
    const incident = { title: raised.alert.title, openedAt: raised.at, alerts: [raised] };
    open.set(key, incident);
    incidents.push(incident);
  }
  return incidents;
}

/** Alerts with the same key belong together. */
function groupingKey(grouping: GroupingConfiguration, alert: Alert): string {
  const entitiesOf = (types?: readonly string[]): readonly string[] =>
    alert.entities
      .filter(({ entityType }) => types === undefined || types.includes(entityType))
      .map(identityOf)
      .sort();
  switch (grouping.matchingMethod) {
    case 'AnyAlert':
      return '';
    case 'AllEntities':
      return JSON.stringify(entitiesOf());
    case 'Selected': {
      const { groupByEntities = [], groupByAlertDetails = [], groupByCustomDetails = [] } = grouping;
      const details = groupByAlertDetails.map((name) =>
        name === 'DisplayName' ? alert.title : name === 'Severity' ? alert.severity : '',
      );
      const custom = groupByCustomDetails.map((name) => [...(alert.customDetails[name] ?? [])].sort());
      return JSON.stringify([entitiesOf(groupByEntities), details, custom]);
    }
  }
}
