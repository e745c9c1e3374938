import { summariseOutcomes } from '../plan/summarise-outcomes.ts';
import type { RunReport } from './run-report.ts';

/** True if every workspace of a run is as its plan was to make it. */
export function isComplete({ workspaces }: RunReport): boolean {
  return workspaces.every((each) => !('error' in each) && summariseOutcomes(each.outcomes).complete);
}
