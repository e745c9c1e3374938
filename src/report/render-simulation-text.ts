import { datetimeToText } from '../engine/datetime-text.ts';
import type { Datetime } from '../engine/value.ts';
import { describeEntity } from '../testing/compare-expectation.ts';
import type { Simulation, TimelineRow } from '../testing/simulate-schedule.ts';
import { countOf } from './count-of.ts';
import { escapeControls } from './escape-controls.ts';
import type { Palette } from './palette.ts';

/** A simulation for people: the runs that raised alerts, the incidents, and what the schedule misses or tells twice. */
export function renderSimulationText(simulation: Simulation, palette: Palette): string {
  const { runs, incidents, neverSeen, alertedTwice } = simulation;
  const suppressed = runs.filter(({ isSuppressed }) => isSuppressed).length;
  const alerts = runs.flatMap((run) => run.alerts.map((alert) => ({ at: run.at, alert })));
  const lines = [
    palette.bold(
      `${countOf(runs.length, 'run')}${suppressed === 0 ? '' : ` (${suppressed} suppressed)`}, ${countOf(alerts.length, 'alert')}, ${countOf(incidents.length, 'incident')}`,
    ),
    ...alerts.map(({ at, alert }) =>
      [
        `${showTime(at)}  alert  ${alert.severity}  ${escapeControls(alert.title)}`,
        ...alert.entities.map((entity) => escapeControls(describeEntity(entity))),
      ].join(' | '),
    ),
    ...incidents.map(
      (incident) =>
        `${showTime(incident.openedAt)}  incident of ${countOf(incident.alerts.length, 'alert')}  ${escapeControls(incident.title)}`,
    ),
    ...neverSeen.map((row) => `${palette.red('never looked at')}: ${describeRow(row)}`),
    ...alertedTwice.map(
      ({ row, at }) =>
        `${palette.yellow(`alerted ${at.length} times`)}: ${describeRow(row)}: ${at.map(showTime).join(', ')}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function describeRow({ table, number, place, time }: TimelineRow): string {
  const when = time === undefined ? '' : ` of ${showTime(time)}`;
  return `row ${number} of ${escapeControls(table)}${when} (${escapeControls(place.file)}:${place.span.start.line})`;
}

/** To the second, since runs are. */
function showTime(time: Datetime): string {
  return datetimeToText(time).replace(/\.0+Z$/, 'Z');
}
