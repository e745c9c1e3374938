import { compileSchema } from '../../core/json-schema.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { problemNotFound } from '../arm-error.ts';
import { checkDataModel } from '../data-model.ts';
import { listPage } from '../list-page.ts';
import {
  bodyOf,
  nameOf,
  propertiesOf,
  type Operations,
  type Reply,
  type WorkspaceContext,
} from '../operation.ts';
import type { StoredResource, Workspace } from '../state.ts';
import { systemData } from '../system-data.ts';

/** Microsoft.SecurityInsights/metadata: without etags, its times in systemData, and what was not sent is absent. */
export const metadata: Operations<WorkspaceContext> = {
  list: (context) =>
    listPage(
      context,
      `${context.path.scope}/providers/Microsoft.SecurityInsights/metadata`,
      [...context.workspace.collections.metadata.values()].map(show),
    ),

  get: (context) => {
    const resource = find(context);
    return resource === undefined
      ? problemNotFound(context.newGuid())
      : { status: 200, body: show(resource) };
  },

  put: (context) => write(context, find(context), propertiesOf(bodyOf(context))),

  patch: (context) => {
    const existing = find(context);
    if (existing === undefined) return problemNotFound(context.newGuid());
    return write(context, existing, { ...existing.properties, ...propertiesOf(bodyOf(context)) });
  },

  delete: (context) => {
    if (!context.workspace.collections.metadata.delete(nameOf(context).toLowerCase())) return { status: 204 };
    context.stamp();
    return { status: 200, body: {} };
  },
};

function find(context: WorkspaceContext): StoredResource | undefined {
  return context.workspace.collections.metadata.get(nameOf(context).toLowerCase());
}

function write(context: WorkspaceContext, existing: StoredResource | undefined, sent: JsonObject): Reply {
  checkDataModel(validate, sent);
  const { path, principal, workspace } = context;
  const name = nameOf(context);
  const stamp = context.stamp();
  const resource: StoredResource = {
    name: existing?.name ?? name,
    id: existing?.id ?? `${path.scope}/providers/Microsoft.SecurityInsights/metadata/${name}`,
    createdAt: existing?.createdAt ?? stamp.time,
    lastModifiedAt: stamp.time,
    createdBy: existing?.createdBy ?? principal,
    lastModifiedBy: principal,
    properties: toStoredProperties(sent, workspace),
  };
  workspace.collections.metadata.set(name.toLowerCase(), resource);
  return { status: existing === undefined ? 201 : 200, body: show(resource) };
}

function show(resource: StoredResource): JsonObject {
  return {
    id: resource.id,
    name: resource.name,
    type: 'Microsoft.SecurityInsights/metadata',
    systemData: systemData(resource),
    properties: resource.properties,
  };
}

/** Members in the service's order; those of objects too. `true` takes a member as it is. */
const form = {
  contentId: true,
  parentId: true,
  kind: true,
  version: true,
  source: ['kind', 'name', 'sourceId'],
  author: ['name', 'email', 'link'],
  support: ['tier', 'name', 'email', 'link'],
  dependencies: true,
  providers: true,
  categories: true,
  firstPublishDate: true,
  lastPublishDate: true,
  customVersion: true,
  contentSchemaVersion: true,
  icon: true,
  threatAnalysisTactics: true,
  threatAnalysisTechniques: true,
  previewImages: true,
  previewImagesDark: true,
} as const;

function toStoredProperties(sent: JsonObject, workspace: Workspace): JsonObject {
  const source = sent['source'] ?? {
    kind: 'LocalWorkspace',
    name: workspace.name,
    sourceId: workspace.customerId,
  };
  const all: JsonObject = { ...sent, source };
  return Object.fromEntries(
    Object.entries(form)
      .map(([key, members]): [string, JsonValue | undefined] => [key, inOrder(all[key], members)])
      .filter(([, value]) => value !== undefined && value !== null),
  );
}

function inOrder(value: JsonValue | undefined, members: true | readonly string[]): JsonValue | undefined {
  if (members === true || !isJsonObject(value)) return value;
  return Object.fromEntries(members.filter((key) => key in value).map((key) => [key, value[key]]));
}

const text = { type: 'string' } as const;
const optionalText = { type: ['string', 'null'] } as const;
const person = { name: optionalText, email: optionalText, link: optionalText };

const validate = compileSchema({
  type: 'object',
  required: ['parentId', 'kind'],
  properties: {
    parentId: text,
    kind: text,
    contentId: optionalText,
    version: optionalText,
    customVersion: optionalText,
    source: {
      type: ['object', 'null'],
      required: ['kind'],
      properties: {
        kind: { enum: ['Community', 'LocalWorkspace', 'Solution', 'SourceRepository'] },
        name: optionalText,
        sourceId: optionalText,
      },
    },
    author: { type: ['object', 'null'], properties: person },
    support: {
      type: ['object', 'null'],
      required: ['tier'],
      properties: { tier: { enum: ['Microsoft', 'Partner', 'Community'] }, ...person },
    },
    dependencies: { type: ['object', 'null'] },
    providers: { type: ['array', 'null'], items: text },
    categories: { type: ['object', 'null'] },
  },
});
