import type { JsonObject } from '../core/json.ts';
import type { Change, ChangeOutcome } from '../plan/plan.ts';
import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import type { WorkspaceRun } from './run-report.ts';

/** What an apply did, for machines: every change once, in the plan's order, without the bodies. */
export function renderOutcomesJson(run: WorkspaceRun): string {
  return `${JSON.stringify({ formatVersion: 1, ...toRunJson(run) }, undefined, 2)}\n`;
}

/** The same as a member of a run report. Source of its form: schemas/run-report.schema.json. */
export function toRunJson(run: WorkspaceRun): object {
  const { durationMs, environment, outcomes, planDigest, snapshot, traffic, workspaceId } = run;
  return {
    environment,
    workspaceId,
    planDigest,
    snapshot,
    durationMs: Math.round(durationMs),
    summary: summariseOutcomes(outcomes),
    traffic,
    outcomes: outcomes.map(toOutcomeJson),
  };
}

function toOutcomeJson(outcome: ChangeOutcome): object {
  const { change, durationMs, failure, reason, renamedTo, rewritten, status } = outcome;
  return {
    action: change.action,
    kind: change.kind,
    name: change.name,
    displayName: change.displayName,
    ...fileOf(change),
    status,
    reason,
    failure,
    rewritten,
    renamedTo,
    durationMs: durationMs === undefined ? undefined : Math.round(durationMs),
  };
}

function fileOf({ detection }: Change): JsonObject {
  return detection === undefined || detection.file === '' ? {} : { file: detection.file };
}
