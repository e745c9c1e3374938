import { compileSchema } from '../../core/json-schema.ts';
import type { JsonObject } from '../../core/json.ts';
import { armError, refuse } from '../arm-error.ts';
import { checkDataModel } from '../data-model.ts';
import { hasEtagConflict } from '../etag-conflict.ts';
import { listPage } from '../list-page.ts';
import { bodyOf, nameOf, propertiesOf, type Operations, type WorkspaceContext } from '../operation.ts';
import type { StoredResource, Workspace } from '../state.ts';
import { savedSearchEtag } from '../write-stamp.ts';
import { workspaceId } from './workspace-id.ts';

/** Microsoft.OperationalInsights/workspaces/savedSearches: hunting queries and functions. */
export const savedSearches: Operations<WorkspaceContext> = {
  list: (context) => {
    const { workspace } = context;
    const own = [...workspace.collections.savedSearches.values()];
    return listPage(
      context,
      `${workspaceId(workspace)}/savedSearches`,
      [...own, ...builtInSearches(workspace)].map(show),
    );
  },

  get: (context) => {
    const search = find(context);
    return search === undefined ? notFound(nameOf(context)) : { status: 200, body: show(search) };
  },

  put: (context) => {
    const { principal, settings, workspace } = context;
    const name = nameOf(context);
    const body = bodyOf(context);
    const sent = propertiesOf(body);
    checkDataModel(validate, sent);
    const existing = find(context);
    const storedName = existing?.name ?? name;
    if (hasEtagConflict(settings, existing, body['etag'])) {
      refuse(409, 'Conflict', `Newer data exists for the saved search '${storedName}'. Data was not saved.`);
    }
    const stamp = context.stamp();
    const search: StoredResource = {
      name: storedName,
      id: existing?.id ?? `${workspaceId(workspace)}/savedSearches/${name}`,
      etag: savedSearchEtag(stamp),
      createdAt: existing?.createdAt ?? stamp.time,
      lastModifiedAt: stamp.time,
      createdBy: existing?.createdBy ?? principal,
      lastModifiedBy: principal,
      properties: toStoredProperties(sent),
    };
    workspace.collections.savedSearches.set(name.toLowerCase(), search);
    return { status: 200, body: show(search) };
  },

  delete: (context) => {
    const name = nameOf(context);
    if (!context.workspace.collections.savedSearches.delete(name.toLowerCase())) return notFound(name);
    context.stamp();
    return { status: 200 };
  },
};

function find({ workspace, ...context }: WorkspaceContext): StoredResource | undefined {
  const key = nameOf(context).toLowerCase();
  return (
    workspace.collections.savedSearches.get(key) ??
    builtInSearches(workspace).find(({ name }) => name.toLowerCase() === key)
  );
}

function notFound(name: string): ReturnType<typeof armError> {
  return armError(404, 'NotFound', `The saved search '${name}' does not exist.`);
}

function show({ properties, id, name, etag }: StoredResource): JsonObject {
  return {
    properties,
    id,
    name,
    type: 'Microsoft.OperationalInsights/savedSearches',
    ...(etag === undefined ? {} : { etag }),
  };
}

const order = ['category', 'displayName', 'version', 'functionAlias', 'functionParameters', 'query', 'tags'];

function toStoredProperties(sent: JsonObject): JsonObject {
  const all: JsonObject = { ...sent, version: sent['version'] ?? 2 };
  return Object.fromEntries(
    order.filter((key) => all[key] !== undefined && all[key] !== null).map((key) => [key, all[key]]),
  );
}

/** The searches that every workspace comes with: listed last, without an etag, and not kept in the state. */
function builtInSearches(workspace: Workspace): readonly StoredResource[] {
  const name = `LogManagement(${workspace.name})_LogManagement|AllEvents`;
  const system = { name: 'system', type: 'Application', objectId: '', tenantId: '' } as const;
  return [
    {
      name,
      id: `${workspaceId(workspace)}/savedSearches/${name}`,
      createdAt: workspace.createdAt,
      lastModifiedAt: workspace.createdAt,
      createdBy: system,
      lastModifiedBy: system,
      properties: {
        category: 'Log Management',
        displayName: 'All Events',
        version: 2,
        query: 'Event | sort by TimeGenerated desc',
      },
    },
  ];
}

const text = { type: 'string' } as const;
const optionalText = { type: ['string', 'null'] } as const;

const validate = compileSchema({
  type: 'object',
  required: ['category', 'displayName', 'query'],
  properties: {
    category: text,
    displayName: text,
    query: text,
    version: { type: ['integer', 'null'] },
    functionAlias: optionalText,
    functionParameters: optionalText,
    tags: {
      type: ['array', 'null'],
      items: { type: 'object', required: ['name', 'value'], properties: { name: text, value: text } },
    },
  },
});
