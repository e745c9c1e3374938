import type { JsonObject } from '../../src/core/json.ts';
import type { LiveWorkspace } from '../../src/plan/live-workspace.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { PlanInput } from '../../src/plan/plan-input.ts';
import type { Change, ManagedKind, Plan } from '../../src/plan/plan.ts';
import { buildMetadata, metadataName, toResourceId } from '../../src/sentinel/metadata.ts';
import type { LiveResource } from '../../src/sentinel/resource.ts';
import { buildScheduledRule } from './build-resources.ts';
import { fakeWorkspaceId } from './fake-content-store.ts';

/** The owner whose plans are made. */
export const owner = 'contoso-soc';

/** What is described, what is there, and what the user asked for; nothing, where it is left out. */
export interface Situation extends Partial<Omit<PlanInput, 'live'>>, Partial<LiveWorkspace> {}

/** The plan for staging in a situation. */
export function plan({ alertRules = [], savedSearches = [], metadata = [], ...input }: Situation): Plan {
  return planChanges({
    environment: 'staging',
    workspaceId: fakeWorkspaceId,
    owner,
    desired: [],
    live: { alertRules, savedSearches, metadata },
    ...input,
  });
}

/** The change of a plan that has only one. */
export function only(situation: Situation): Change {
  const { changes } = plan(situation);
  expect(changes).toHaveLength(1);
  return changes[0]!;
}

/** A resource as the workspace has it. */
export function live(kind: ManagedKind, name: string, body: object, etag = '"1"'): LiveResource {
  return { kind, name, id: `${fakeWorkspaceId}/${name}`, etag, body: body as JsonObject };
}

/** An alert rule as the workspace has it. */
export function rule(name: string, body: object = buildScheduledRule(), etag?: string): LiveResource {
  return live('alertRule', name, body, etag);
}

/** The metadata by which an owner says that a resource is its own. It remembers nothing. */
export function claim(
  kind: ManagedKind,
  name: string,
  by = owner,
  metadata = metadataName(kind, name),
  detectionId = name,
): LiveResource {
  const detection = { id: detectionId, file: '', version: '1.0.0' };
  const parentId = toResourceId(fakeWorkspaceId, kind, name);
  const body = buildMetadata({ owner: by, kind, parentId, detection });
  return { kind: 'metadata', name: metadata, id: `${fakeWorkspaceId}/${metadata}`, body: { ...body } };
}

/** The metadata that a change writes, as the workspace has it afterwards. */
export function written(change: Change): LiveResource {
  if (change.action !== 'create' && change.action !== 'update' && change.action !== 'disable')
    throw new Error('nothing is written');
  const { name, body } = change.metadata;
  return { kind: 'metadata', name, id: `${fakeWorkspaceId}/${name}`, body: { ...body } };
}
