import { toRunJson } from './render-outcomes-json.ts';
import { isComplete } from './run-completeness.ts';
import type { RunReport } from './run-report.ts';

/** A run report for machines, in the form of schemas/run-report.schema.json. */
export function renderRunJson(report: RunReport): string {
  const { commit, finishedAt, startedAt, verb, version, workspaces } = report;
  const data = {
    formatVersion: 1,
    tool: { name: 'kustodian', version },
    verb,
    commit,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    complete: isComplete(report),
    workspaces: workspaces.map((each) => ('error' in each ? each : toRunJson(each))),
  };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}
