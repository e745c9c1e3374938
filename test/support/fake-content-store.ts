import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import type { ContentStore, PutOptions, WorkspaceFacts } from '../../src/sentinel/content-store.ts';
import type { LiveResource, ReadKind, ReadOnlyKind, ResourceKind } from '../../src/sentinel/resource.ts';

export const fakeWorkspaceId =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc-test';

/** A call that the fake got. `name` is empty for a list of a kind, and for the workspace itself. */
export interface StoreCall {
  readonly operation: 'list' | 'get' | 'put' | 'delete';
  readonly kind: ReadKind | 'workspace';
  readonly name: string;
  readonly etag?: string;
  readonly body?: JsonObject;
}

/** Runs before each call takes effect: may wait, and may throw what the call shall fail with. */
export type BeforeCall = (call: StoreCall) => void | Promise<void>;

/**
 * A workspace in memory that answers as recorded of the service: nulls for what was not sent, the default incident
 * configuration, an etag that changes with every write (none for metadata), names that compare without case.
 */
export class FakeContentStore implements ContentStore {
  readonly workspaceId: string;
  readonly calls: StoreCall[] = [];
  before: BeforeCall = () => undefined;
  mostInFlight = 0;
  private inFlight = 0;
  private writes = 0;
  private readonly resources: Readonly<Record<ResourceKind, Map<string, LiveResource>>> = {
    alertRule: new Map(),
    savedSearch: new Map(),
    metadata: new Map(),
  };
  /** What the workspace holds besides: set by tests, and only read. */
  readonly readOnly: Record<ReadOnlyKind, LiveResource[]> = { automationRule: [], table: [], watchlist: [] };
  /** The names of the actions of alert rules, by the rule's name. */
  readonly actions = new Map<string, readonly string[]>();
  customerId = '00000000-0000-0000-0000-00000000c001';

  constructor(workspaceId = fakeWorkspaceId) {
    this.workspaceId = workspaceId;
  }

  list(kind: ResourceKind | ReadOnlyKind): Promise<readonly LiveResource[]> {
    return this.call({ operation: 'list', kind, name: '' }, () =>
      kind === 'automationRule' || kind === 'table' || kind === 'watchlist'
        ? [...this.readOnly[kind]]
        : [...this.resources[kind].values()],
    );
  }

  listActions(ruleName: string): Promise<readonly LiveResource[]> {
    return this.call({ operation: 'list', kind: 'action', name: ruleName }, () =>
      (this.actions.get(ruleName) ?? []).map((name) => ({
        kind: 'action',
        name,
        id: `${this.workspaceId}/${routes.alertRule}/${ruleName}/actions/${name}`,
        body: { properties: { logicAppResourceId: `/subscriptions/1/workflows/${name}` } },
      })),
    );
  }

  readWorkspace(): Promise<WorkspaceFacts> {
    return this.call({ operation: 'get', kind: 'workspace', name: '' }, () => ({
      customerId: this.customerId,
    }));
  }

  put(kind: ResourceKind, name: string, body: JsonObject, options: PutOptions = {}): Promise<LiveResource> {
    const { etag } = options;
    return this.call({ operation: 'put', kind, name, body, ...(etag === undefined ? {} : { etag }) }, () =>
      this.write(kind, name, body, etag),
    );
  }

  delete(kind: ResourceKind, name: string): Promise<void> {
    return this.call({ operation: 'delete', kind, name }, () => {
      this.resources[kind].delete(name.toLowerCase());
    });
  }

  /** Changes the workspace behind the tool's back, as a person in the portal does. */
  edit(kind: ResourceKind, name: string, body: object): LiveResource {
    return this.write(kind, name, body as JsonObject, undefined);
  }

  /** Takes a resource away behind the tool's back. */
  remove(kind: ResourceKind, name: string): void {
    this.resources[kind].delete(name.toLowerCase());
  }

  get(kind: ResourceKind, name: string): Promise<LiveResource | undefined> {
    return this.call({ operation: 'get', kind, name }, () => this.peek(kind, name));
  }

  /** Looks without a call being counted. */
  peek(kind: ResourceKind, name: string): LiveResource | undefined {
    return this.resources[kind].get(name.toLowerCase());
  }

  private async call<Result>(call: StoreCall, effect: () => Result): Promise<Result> {
    this.calls.push(call);
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await this.before(call);
      return effect();
    } finally {
      this.inFlight--;
    }
  }

  private write(kind: ResourceKind, name: string, body: JsonObject, etag: string | undefined): LiveResource {
    const current = this.peek(kind, name);
    if (etag !== undefined && etag !== current?.etag) {
      throw new ToolError(
        'service-conflict',
        `Newer instance of rule '${name}' exists (Etag does not match)`,
      );
    }
    if (current !== undefined && current.body['kind'] !== body['kind']) {
      throw new ToolError('service-error', `the kind of "${name}" cannot be changed`);
    }
    this.writes++;
    const key = name.toLowerCase();
    const stored: LiveResource = {
      kind,
      name: current?.name ?? name,
      id: `${this.workspaceId}/${routes[kind]}/${name}`,
      ...(kind === 'metadata' ? {} : { etag: `"fake-${this.writes}"` }),
      body: answer(kind, body, this.writes),
    };
    this.resources[kind].delete(key);
    this.resources[kind].set(key, stored);
    return stored;
  }
}

const routes: Readonly<Record<ResourceKind, string>> = {
  alertRule: 'providers/Microsoft.SecurityInsights/alertRules',
  savedSearch: 'savedSearches',
  metadata: 'providers/Microsoft.SecurityInsights/metadata',
};

function answer(kind: ResourceKind, body: JsonObject, write: number): JsonObject {
  const properties = isJsonObject(body['properties']) ? body['properties'] : {};
  switch (kind) {
    case 'alertRule':
      return { ...body, properties: answerRule(body['kind'] as string, properties, write) };
    case 'savedSearch':
      return { properties: { version: 2, ...properties } };
    case 'metadata':
      return { systemData: { lastModifiedAt: `2026-03-25T07:32:06.${write}Z` }, ...body };
  }
}

function answerRule(ruleKind: string, properties: JsonObject, write: number): JsonObject {
  const common = {
    description: null,
    alertRuleTemplateName: null,
    ...properties,
    lastModifiedUtc: `2026-03-25T07:45:17.${write}Z`,
  };
  if (ruleKind === 'MicrosoftSecurityIncidentCreation') {
    return { severitiesFilter: null, displayNamesFilter: null, displayNamesExcludeFilter: null, ...common };
  }
  if (ruleKind !== 'Scheduled' && ruleKind !== 'NRT') return common;
  const override = properties['alertDetailsOverride'];
  return {
    tactics: null,
    ...common,
    incidentConfiguration: answerIncidents(properties['incidentConfiguration']),
    ...(isJsonObject(override) ? { alertDetailsOverride: { ...emptyOverride, ...override } } : {}),
  };
}

const emptyOverride = {
  alertDisplayNameFormat: null,
  alertDescriptionFormat: null,
  alertTacticsColumnName: null,
  alertSeverityColumnName: null,
};

function answerIncidents(sent: unknown): JsonObject {
  const sentObject = isJsonObject(sent) ? sent : {};
  const grouping = sentObject['groupingConfiguration'];
  return {
    createIncident: true,
    ...sentObject,
    groupingConfiguration: {
      enabled: false,
      reopenClosedIncident: false,
      lookbackDuration: 'PT5M',
      matchingMethod: 'AllEntities',
      groupByEntities: isJsonObject(sent) ? null : [],
      groupByAlertDetails: null,
      groupByCustomDetails: null,
      ...(isJsonObject(grouping) ? grouping : {}),
    },
  };
}
