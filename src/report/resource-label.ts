import type { Change, ManagedKind } from '../plan/plan.ts';
import { escapeControls } from './escape-controls.ts';

/** What a kind of resource is called in front of people. */
export function kindLabel(kind: ManagedKind): string {
  return kind === 'alertRule' ? 'alert rule' : 'hunting query';
}

/** A resource by kind, display name and resource name, safe to print. */
export function resourceLabel({
  kind,
  displayName,
  name,
}: Pick<Change, 'kind' | 'displayName' | 'name'>): string {
  return `${kindLabel(kind)} "${escapeControls(displayName)}" (${escapeControls(name)})`;
}
