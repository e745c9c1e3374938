import { targetName, type Environment } from '../detection/config.ts';
import { renderRunJson } from '../report/render-run-json.ts';
import { renderRunJunit } from '../report/render-run-junit.ts';
import { renderRunMarkdown } from '../report/render-run-markdown.ts';
import type { RunReport, RunVerb, StoppedRun, WorkspaceRun } from '../report/run-report.ts';
import { headCommit } from './head-commit.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';
import type { ReportRequest } from './reports.ts';
import { version } from './version.ts';

/** The formats of a run report. */
export const runFormats = ['json', 'markdown', 'junit'] as const;
export type RunFormat = (typeof runFormats)[number];

/** A run that is over, and what is to be written of it. */
export interface FinishedRun {
  /** Of all workspaces, the one that it was about, or the environment that has them. */
  readonly environment: Environment;
  readonly verb: RunVerb;
  readonly startedAt: Date;
  readonly workspaces: readonly (WorkspaceRun | StoppedRun)[];
  readonly reports: readonly ReportRequest<RunFormat>[];
}

/**
 * Writes what a run did: as JSON below `.kustodian/reports/` if it was to write anything, and to the files that were asked for.
 * Each file is there as a whole or not at all.
 */
export async function writeRunReports(host: Host, project: Project, run: FinishedRun): Promise<void> {
  const { environment, reports, startedAt, verb, workspaces } = run;
  const report: RunReport = {
    version,
    verb,
    commit: await headCommit(host, project),
    startedAt,
    finishedAt: host.now(),
    workspaces,
  };
  if (workspaces.some((each) => 'snapshot' in each && each.snapshot !== undefined)) {
    const folder = workspaces.length === 1 ? targetName(environment) : environment.name;
    const time = startedAt.toISOString().replaceAll(':', '-');
    const file = `.kustodian/reports/${folder.replace('/', '.')}/${time}.json`;
    await project.fs.writeFileAtomic(file, renderRunJson(report));
    host.stderr.write(`kept the report of this run in ${file}\n`);
  }
  for (const { file, format } of reports) {
    await host.fileSystem(host.cwd).writeFileAtomic(file, render(report, format));
  }
}

function render(report: RunReport, format: RunFormat): string {
  switch (format) {
    case 'json':
      return renderRunJson(report);
    case 'markdown':
      return renderRunMarkdown(report);
    case 'junit':
      return renderRunJunit(report);
  }
}
