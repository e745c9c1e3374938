import { compareText } from '../core/diagnostic.ts';
import type { Change } from './plan.ts';

/** The order of a plan: by kind, then name. */
export function compareChanges(a: Change, b: Change): number {
  return compareText(a.kind, b.kind) || compareText(a.name, b.name);
}
