import { ToolError } from '../core/tool-error.ts';
import { toResourceId } from '../sentinel/metadata.ts';
import { compareChanges } from './compare-changes.ts';
import { findLive, indexWorkspace, locate, resourceKey, type IndexedWorkspace } from './index-workspace.ts';
import { toIdKey } from './metadata.ts';
import { planDescribed } from './plan-described.ts';
import type { PlanInput } from './plan-input.ts';
import { planDelete, planForgetting, planUndescribed } from './plan-removal.ts';
import {
  planFormatVersion,
  type Change,
  type Create,
  type DesiredResource,
  type Plan,
  type Replace,
} from './plan.ts';

/**
 * Compares what the repository describes with what the workspace holds. Resources that nobody describes are listed: alert
 * rules of any kind, and saved searches that are hunting queries or ours. With `prune`, those that are ours are removed. A plan
 * that is limited to paths is about what these describe, and nothing else.
 *
 * @throws ToolError `content-invalid` if two detections describe the same resource
 */
export function planChanges(input: PlanInput): Plan {
  const { environment, workspaceId, owner, limit } = input;
  const workspace = indexWorkspace(input.live, owner, workspaceId);
  const described = new Set<string>();
  const located = input.desired.map((resource) => {
    const [name, ...left] = locate(resource, workspace);
    return { resource: { ...resource, name }, left };
  });
  const changes = located.flatMap(({ resource, left }): Change[] => {
    const key = resourceKey(resource.kind, resource.name);
    if (described.has(key))
      throw describedTwice(
        resource,
        located.map((one) => one.resource),
      );
    described.add(key);
    if (limit !== undefined && !limit.includes(resource.detection.file)) return [];
    const change = planDescribed(resource, workspace, input);
    // A replace goes by a name of its own, whose metadata may be there already.
    described.add(resourceKey(change.kind, change.name));
    const superseded = isInPlace(change) ? planSuperseded(resource, left, workspace, input) : [];
    for (const { kind, name } of superseded) described.add(resourceKey(kind, name));
    return [change, ...superseded];
  });
  if (limit === undefined) changes.push(...planTheRest(described, changes, workspace, input));
  return {
    formatVersion: planFormatVersion,
    environment,
    workspaceId,
    owner,
    ...(limit === undefined ? {} : { paths: limit.paths }),
    changes: changes.sort(compareChanges),
    warnings: [],
  };
}

function planTheRest(
  described: ReadonlySet<string>,
  planned: readonly Change[],
  workspace: IndexedWorkspace,
  input: PlanInput,
): readonly Change[] {
  const undescribed = [...workspace.resources]
    .filter(([key]) => !described.has(key))
    .flatMap(([, { kind, live }]) => planUndescribed(kind, live, workspace, input));
  if (input.prune === undefined) return undescribed;
  // What is made may get another name than the planned one, and take metadata over that an earlier run left under it.
  const made = new Set(
    planned.filter(isMaking).map(({ kind, detection }) => resourceKey(kind, detection.id)),
  );
  const isWanted = (kind: DesiredResource['kind'], name: string, detectionId: string) =>
    described.has(resourceKey(kind, name)) || made.has(resourceKey(kind, detectionId));
  return [...undescribed, ...planForgetting(workspace, input, isWanted)];
}

function isMaking(change: Change): change is Create | Replace {
  return change.action === 'create' || change.action === 'replace';
}

/** True if the workspace has the resource of a detection, so that what it left behind is of no more use. */
function isInPlace({ action }: Change): boolean {
  return action === 'no-op' || action === 'update' || action === 'replace';
}

/** What a replace that was cut short left behind goes without being asked for: the replace was. */
function planSuperseded(
  { kind, detection }: DesiredResource,
  names: readonly string[],
  workspace: IndexedWorkspace,
  { workspaceId }: PlanInput,
): readonly Change[] {
  return names.flatMap((name) => {
    const live = findLive(workspace, kind, name);
    const own = workspace.ownMetadata.get(toIdKey(toResourceId(workspaceId, kind, name)));
    if (live === undefined || own === undefined) return [];
    return [planDelete(kind, live, own, { detection, reason: 'superseded' }, workspace)];
  });
}

function describedTwice(resource: DesiredResource, desired: readonly DesiredResource[]): ToolError {
  const key = resourceKey(resource.kind, resource.name);
  const files = desired
    .filter((other) => resourceKey(other.kind, other.name) === key)
    .map((other) => `"${other.detection.file}"`);
  return new ToolError(
    'content-invalid',
    `resource name "${resource.name}" is described by ${files.join(' and ')}`,
    { hint: 'give each detection an id of its own' },
  );
}
