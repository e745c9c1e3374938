import { datetimeToText } from '../engine/datetime-text.ts';
import type { Simulation, TimelineRow } from '../testing/simulate-schedule.ts';

/** A simulation for machines. A change of shape changes `formatVersion`. */
export function renderSimulationJson({ runs, incidents, neverSeen, alertedTwice }: Simulation): string {
  const report = {
    formatVersion: 1,
    runs: runs.map((run) => ({ ...run, at: datetimeToText(run.at) })),
    incidents: incidents.map(({ title, openedAt, alerts }) => ({
      title,
      openedAt: datetimeToText(openedAt),
      alerts: alerts.map(({ alert, at }) => ({ title: alert.title, at: datetimeToText(at) })),
    })),
    neverSeen: neverSeen.map(toRow),
    alertedTwice: alertedTwice.map(({ row, at }) => ({ ...toRow(row), at: at.map(datetimeToText) })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toRow({ table, number, place, time }: TimelineRow): Readonly<Record<string, unknown>> {
  const { file, span } = place;
  return {
    table,
    number,
    file,
    line: span.start.line,
    time: time === undefined ? null : datetimeToText(time),
  };
}
