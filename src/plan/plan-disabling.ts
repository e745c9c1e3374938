import { ToolError } from '../core/tool-error.ts';
import { nearestName } from '../core/nearest-name.ts';
import { toResourceId } from '../sentinel/metadata.ts';
import type { LiveResource } from '../sentinel/resource.ts';
import type { RememberedHold } from './applied-state.ts';
import { compareChanges } from './compare-changes.ts';
import { indexWorkspace } from './index-workspace.ts';
import type { LiveWorkspace } from './live-workspace.ts';
import { contentIdOf, toIdKey } from './metadata.ts';
import { displayNameOf, planDisable } from './plan-removal.ts';
import { planFormatVersion, type ManagedKind, type Plan } from './plan.ts';

/** What is to be switched off, and until when nobody switches it on again. */
export interface DisablingInput {
  readonly environment: string;
  readonly workspaceId: string;
  readonly owner: string;
  readonly live: LiveWorkspace;
  /** Id of a detection, display name or resource name of an alert rule; case does not count. */
  readonly wanted: string;
  /** Remembered on the workspace, too. */
  readonly hold: RememberedHold;
  readonly commit?: string | undefined;
}

interface Own {
  readonly kind: ManagedKind;
  readonly live: LiveResource;
  readonly metadata: LiveResource;
  readonly id: string;
}

/**
 * Plans to switch off the alert rules of one detection. The repository is not looked at: in an emergency it may be broken, or
 * the detection gone from it.
 *
 * @throws ToolError `usage` if nothing of ours is called so, if it is more than one, or if it cannot be switched off
 */
export function planDisabling(input: DisablingInput): Plan {
  const { environment, workspaceId, owner, live, wanted, hold, commit } = input;
  const workspace = indexWorkspace(live, owner, workspaceId);
  const own = [...workspace.resources.values()].flatMap(({ kind, live: resource }): Own[] => {
    const metadata = workspace.ownMetadata.get(toIdKey(toResourceId(workspaceId, kind, resource.name)));
    if (metadata === undefined) return [];
    return [{ kind, live: resource, metadata, id: contentIdOf(metadata) ?? resource.name }];
  });
  const found = find(own, wanted);
  if (found.length === 0) throw unknown(own, wanted, environment);
  const ids = [...new Set(found.map(({ id }) => id))];
  if (ids.length > 1) {
    throw new ToolError('usage', `"${wanted}" names ${ids.length} alert rules in ${environment}`, {
      hint: `name one by its id: ${ids.join(', ')}`,
    });
  }
  const rules = found.filter(({ kind }) => kind === 'alertRule');
  if (rules.length === 0) {
    throw new ToolError('usage', `"${wanted}" is a hunting query, which cannot be switched off`, {
      hint: 'it raises no alerts; to take it away, remove its detection and deploy with --prune',
    });
  }
  const context = { owner, workspaceId, commit };
  const changes = rules.map(({ live: rule, metadata, id }) =>
    planDisable(
      rule,
      metadata,
      { detection: { id, file: '' }, reason: 'requested' },
      workspace,
      context,
      hold,
    ),
  );
  return {
    formatVersion: planFormatVersion,
    environment,
    workspaceId,
    owner,
    changes: changes.sort(compareChanges),
    warnings: [],
  };
}

/** An id wins over names: it is the most exact. */
function find(own: readonly Own[], wanted: string): readonly Own[] {
  const same = (text: string): boolean => text.toLowerCase() === wanted.toLowerCase();
  const byId = own.filter(({ id }) => same(id));
  return byId.length > 0 ? byId : own.filter(({ live }) => same(live.name) || same(displayNameOf(live)));
}

function unknown(own: readonly Own[], wanted: string, environment: string): ToolError {
  const names = own.flatMap(({ id, live }) => [id, live.name, displayNameOf(live)]);
  const nearest = nearestName(wanted, names);
  return new ToolError('usage', `this repository has deployed no "${wanted}" to ${environment}`, {
    hint:
      nearest === undefined
        ? 'name the detection by its file, its id or its name; what others made is not touched'
        : `did you mean "${nearest}"?`,
  });
}
