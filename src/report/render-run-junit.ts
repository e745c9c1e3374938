import type { ChangeOutcome } from '../plan/plan.ts';
import { escapeXml } from './escape-xml.ts';
import { outcomeWord } from './outcome-line.ts';
import { resourceLabel } from './resource-label.ts';
import type { RunReport, StoppedRun, WorkspaceRun } from './run-report.ts';

/**
 * A run report as JUnit XML: a suite for each workspace, a test case for each change that was to do something. What failed, was
 * refused or could not be verified is a failure; what was not tried is skipped. What stopped a workspace is its suite's error.
 */
export function renderRunJunit({ verb, workspaces }: RunReport): string {
  const suites = workspaces.map((each) => ('error' in each ? renderStopped(each) : renderWorkspace(each)));
  const sum = (of: (suite: Suite) => number): number => suites.reduce((total, suite) => total + of(suite), 0);
  const totals = [
    `tests="${sum(({ tests }) => tests)}"`,
    `failures="${sum(({ failures }) => failures)}"`,
    `errors="${sum(({ errors }) => errors)}"`,
  ].join(' ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kustodian ${escapeXml(verb)}" ${totals}>`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly lines: readonly string[];
}

function renderStopped({ environment, error }: StoppedRun): Suite {
  const lines = [
    `  <testsuite name="${escapeXml(environment)}" tests="1" failures="0" errors="1" skipped="0">`,
    `    <testcase classname="${escapeXml(environment)}" name="workspace">`,
    `      <error type="${escapeXml(error.code)}" message="${escapeXml(error.message)}">${escapeXml(error.hint ?? '')}</error>`,
    '    </testcase>',
    '  </testsuite>',
  ];
  return { tests: 1, failures: 0, errors: 1, lines };
}

function renderWorkspace({ durationMs, environment, outcomes }: WorkspaceRun): Suite {
  const told = outcomes.filter((outcome) => outcomeWord(outcome) !== undefined);
  const failures = told.filter(isFailure).length;
  const skipped = told.filter(({ status }) => status === 'skipped').length;
  const lines = [
    `  <testsuite name="${escapeXml(environment)}" tests="${told.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${inSeconds(durationMs)}">`,
    ...told.flatMap((outcome) => renderOutcome(environment, outcome)),
    '  </testsuite>',
  ];
  return { tests: told.length, failures, errors: 0, lines };
}

function renderOutcome(environment: string, outcome: ChangeOutcome): readonly string[] {
  const { change, durationMs = 0, failure, reason = '', status } = outcome;
  const { detection } = change;
  const file = detection === undefined || detection.file === '' ? '' : ` file="${escapeXml(detection.file)}"`;
  const name = escapeXml(`${change.action} ${resourceLabel(change)}`);
  const open = `    <testcase classname="${escapeXml(environment)}" name="${name}"${file} time="${inSeconds(durationMs)}"`;
  const message = `message="${escapeXml(reason)}"`;
  const trace = [
    ...(failure?.correlationId === undefined ? [] : [`correlation id ${failure.correlationId}`]),
    ...(failure?.requestId === undefined ? [] : [`request id ${failure.requestId}`]),
    ...(failure?.clientRequestId === undefined ? [] : [`client request id ${failure.clientRequestId}`]),
  ].join(', ');
  if (status === 'skipped') return [`${open}>`, `      <skipped ${message}/>`, '    </testcase>'];
  if (!isFailure(outcome)) return [`${open}/>`];
  const type = escapeXml(failure?.code ?? status);
  return [
    `${open}>`,
    `      <failure type="${type}" ${message}>${escapeXml(trace)}</failure>`,
    '    </testcase>',
  ];
}

function isFailure({ status }: ChangeOutcome): boolean {
  return status === 'failed' || status === 'refused' || status === 'unverified';
}

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}
