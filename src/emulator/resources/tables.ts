import { compileSchema } from '../../core/json-schema.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { armError, badRequest } from '../arm-error.ts';
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
import type { TableSetting } from '../settings.ts';
import type { StoredResource, Workspace } from '../state.ts';
import { accepted } from './async-operations.ts';
import { workspaceId } from './workspace-id.ts';

/** Microsoft.OperationalInsights/workspaces/tables. Every write is a long-running operation without a body. */
export const tables: Operations<WorkspaceContext> = {
  list: (context) => {
    const all = [...context.workspace.collections.tables.values(), ...builtInTables(context)];
    return listPage(
      context,
      `${workspaceId(context.workspace)}/tables`,
      all.map((table) => (hasSchemaInLists(context.apiVersion) ? show(table) : showRetention(table))),
    );
  },

  get: (context) => {
    const table = find(context);
    return table === undefined ? notFound(nameOf(context)) : { status: 200, body: show(table) };
  },

  put: (context) => write(context, propertiesOf(bodyOf(context))),

  patch: (context) => {
    const table = find(context);
    if (table === undefined) return notFound(nameOf(context));
    const sent = propertiesOf(bodyOf(context));
    const columns = [...columnsOf(sent), ...columnsOf(table.properties)];
    const known = new Map(columns.map((column) => [column['name'], column]));
    return write(context, { ...table.properties, ...sent, schema: { columns: [...known.values()] } });
  },

  delete: (context) => {
    const name = nameOf(context);
    if (!context.workspace.collections.tables.delete(name.toLowerCase())) return notFound(name);
    context.stamp();
    return accepted(context);
  },
};

/** Old versions list retention only, under ids in lower case. */
function hasSchemaInLists(apiVersion: string): boolean {
  return apiVersion >= '2021-12';
}

function notFound(name: string): Reply {
  return armError(404, 'ResourceNotFound', `The table '${name}' does not exist in the workspace.`);
}

function find(context: WorkspaceContext): StoredResource | undefined {
  const key = nameOf(context).toLowerCase();
  return (
    context.workspace.collections.tables.get(key) ??
    builtInTables(context).find(({ name }) => name.toLowerCase() === key)
  );
}

function write(context: WorkspaceContext, sent: JsonObject): Reply {
  checkDataModel(validate, sent);
  const { principal, workspace } = context;
  const name = nameOf(context);
  const existing = find(context);
  if (existing === undefined && !/_(CL|SRCH|RST)$/.test(name)) {
    badRequest(`Invalid table name '${name}': the name of a custom table must end with '_CL'.`);
  }
  const columns = columnsOf(sent);
  if (existing === undefined && !columns.some(({ name: column }) => column === 'TimeGenerated')) {
    badRequest(`The schema of the table '${name}' must have a column 'TimeGenerated' of type 'datetime'.`);
  }
  const stamp = context.stamp();
  workspace.collections.tables.set(name.toLowerCase(), {
    name: existing?.name ?? name,
    id: `${workspaceId(workspace)}/tables/${name}`,
    createdAt: existing?.createdAt ?? stamp.time,
    lastModifiedAt: stamp.time,
    createdBy: existing?.createdBy ?? principal,
    lastModifiedBy: principal,
    properties: {
      plan: sent['plan'] ?? 'Analytics',
      retentionInDays: sent['retentionInDays'] ?? null,
      totalRetentionInDays: sent['totalRetentionInDays'] ?? null,
      tableType: existing?.properties['tableType'] ?? 'CustomLog',
      schema: { columns: columns.length === 0 ? columnsOf(existing?.properties ?? {}) : columns },
    },
  });
  return accepted(context);
}

function columnsOf({ schema }: JsonObject): readonly JsonObject[] {
  const columns = isJsonObject(schema) ? schema['columns'] : undefined;
  return isJsonArray(columns) ? columns.filter(isJsonObject) : [];
}

const defaultRetention = 30;

function show({ id, name, lastModifiedAt, properties }: StoredResource): JsonObject {
  const retention = daysOf(properties['retentionInDays']);
  const total = daysOf(properties['totalRetentionInDays']) ?? retention;
  return {
    properties: {
      totalRetentionInDays: total ?? defaultRetention,
      archiveRetentionInDays: (total ?? defaultRetention) - (retention ?? defaultRetention),
      plan: properties['plan'],
      lastPlanModifiedDate: lastModifiedAt,
      retentionInDaysAsDefault: retention === undefined,
      totalRetentionInDaysAsDefault: total === undefined,
      schema: {
        tableSubType: properties['tableType'] === 'CustomLog' ? 'DataCollectionRuleBased' : 'Any',
        name,
        tableType: properties['tableType'],
        columns: columnsOf(properties).map(showColumn),
        standardColumns: [showColumn({ name: 'TenantId', type: 'guid' })],
        solutions: ['LogManagement'],
        isTroubleshootingAllowed: true,
      },
      provisioningState: 'Succeeded',
      retentionInDays: retention ?? defaultRetention,
    },
    id,
    name,
  };
}

function showRetention({ id, name, properties }: StoredResource): JsonObject {
  return {
    properties: { retentionInDays: daysOf(properties['retentionInDays']) ?? defaultRetention },
    id: id.replace('/resourceGroups/', '/resourcegroups/'),
    name,
  };
}

function showColumn({ name, type }: JsonObject): JsonObject {
  return { name, type, isDefaultDisplay: false, isHidden: false };
}

function daysOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function builtInTables({ settings, workspace }: WorkspaceContext): readonly StoredResource[] {
  return settings.tables
    .filter(({ name }) => !workspace.collections.tables.has(name.toLowerCase()))
    .map((table) => toResource(table, workspace));
}

function toResource({ name, columns }: TableSetting, workspace: Workspace): StoredResource {
  const system = { name: 'system', type: 'Application', objectId: '', tenantId: '' } as const;
  return {
    name,
    id: `${workspaceId(workspace)}/tables/${name}`,
    createdAt: workspace.createdAt,
    lastModifiedAt: workspace.createdAt,
    createdBy: system,
    lastModifiedBy: system,
    properties: {
      plan: 'Analytics',
      tableType: 'Microsoft',
      schema: { columns: columns.map(({ name: column, type }) => ({ name: column, type })) },
    },
  };
}

const text = { type: 'string' } as const;
const days = { type: ['integer', 'null'] } as const;

const validate = compileSchema({
  type: 'object',
  properties: {
    plan: { enum: ['Analytics', 'Basic', 'Auxiliary', null] },
    retentionInDays: days,
    totalRetentionInDays: days,
    schema: {
      type: ['object', 'null'],
      properties: {
        columns: {
          type: ['array', 'null'],
          items: { type: 'object', required: ['name', 'type'], properties: { name: text, type: text } },
        },
      },
    },
  },
});
