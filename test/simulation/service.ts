import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { EmulatorRequest, EmulatorResponse } from '../../src/emulator/http.ts';
import type { StoredResource } from '../../src/emulator/state.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { rewriteBody } from './rewrites.ts';
import type { ServiceSettings } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';
import { textOf } from './text-of.ts';

/** The workspace of a simulation. */
export const address = {
  subscriptionId: '00000000-0000-0000-0000-00000000000a',
  resourceGroup: 'rg-simulation',
  workspace: 'ws-simulation',
} as const;

export const workspacePath = `/subscriptions/${address.subscriptionId}/resourceGroups/${address.resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${address.workspace}`;

export const collections = ['alertRules', 'savedSearches', 'metadata'] as const;
export type Collection = (typeof collections)[number];

/** A write that the service has made. */
export interface Write {
  /** Counts the writes of a scenario from 1. */
  readonly tick: number;
  /** Who sent it: the name of a run, or `others`. */
  readonly actor: string;
  readonly method: 'PUT' | 'DELETE';
  readonly collection: Collection;
  /** Name of the resource in lower case. */
  readonly key: string;
  readonly before: StoredResource | undefined;
  readonly after: StoredResource | undefined;
  /** The body of a PUT as it was sent. */
  readonly sent?: JsonObject;
}

/** What a run was shown of the workspace: at which tick it saw each resource last, or saw that it was not there. */
export interface Sight {
  readonly resources: ReadonlyMap<string, number>;
  readonly collections: ReadonlyMap<Collection, number>;
}

/** The service of a simulation: the emulator with rewrites, and a record of who wrote and who saw what. */
export class SimulatedService {
  readonly writes: Write[] = [];
  /** Called after each write, before its answer is sent. */
  onWrite: (write: Write) => void = () => undefined;
  private readonly emulator: Emulator;
  private readonly settings: ServiceSettings;
  private readonly sights = new Map<
    string,
    { resources: Map<string, number>; collections: Map<Collection, number> }
  >();

  constructor(settings: ServiceSettings, time: VirtualTime) {
    let guids = 0;
    this.settings = settings;
    this.emulator = createEmulator({
      now: () => time.date(),
      newGuid: () => `00000000-0000-4000-8000-${String(++guids).padStart(12, '0')}`,
      workspaces: [address],
      settings: {
        pageSize: settings.pageSize,
        staleEtag: settings.enforcesEtags ? 'refuse' : 'accept',
        recentlyDeletedId: settings.refusesDeletedNames ? 'refuse' : 'accept',
      },
    });
  }

  /** Everything in a collection, in the order of creation. */
  list(collection: Collection): readonly StoredResource[] {
    return this.emulator.exportState().workspaces[0]?.collections[collection] ?? [];
  }

  find(collection: Collection, name: string): StoredResource | undefined {
    const key = name.toLowerCase();
    return this.list(collection).find((resource) => resource.name.toLowerCase() === key);
  }

  /** The names of the resources that metadata names a detection for, of those that are there. */
  namesOf(
    collection: Collection,
    contentId: string,
    isMeant: (metadata: StoredResource) => boolean,
  ): readonly string[] {
    return this.list('metadata')
      .filter((one) => isMeant(one) && one.properties['contentId'] === contentId)
      .flatMap(({ properties }) => {
        const target = parseTarget(textOf(properties['parentId']));
        return target?.collection === collection && target.key !== undefined ? [target.key] : [];
      })
      .filter((name) => this.find(collection, name) !== undefined);
  }

  /** The detection that any metadata names for a resource. */
  contentIdOf(collection: Collection, key: string): string | undefined {
    const marker = this.list('metadata').find(({ properties }) => {
      const target = parseTarget(textOf(properties['parentId']));
      return target?.collection === collection && target.key === key && properties['contentId'] !== key;
    });
    return marker === undefined ? undefined : textOf(marker.properties['contentId']);
  }

  /** What a run has seen until now; a copy. */
  sightOf(actor: string): Sight {
    const { resources, collections: lists } = this.mutableSight(actor);
    return { resources: new Map(resources), collections: new Map(lists) };
  }

  /** Answers a request of somebody. */
  async handle(actor: string, request: EmulatorRequest): Promise<EmulatorResponse> {
    const target = parseTarget(request.url);
    if (target === undefined) return this.emulator.handle(request);
    const { collection, key } = target;
    const { method } = request;
    const before = key === undefined ? undefined : this.find(collection, key);
    const response = await this.emulator.handle(this.rewritten(collection, request));
    if (key !== undefined && (method === 'PUT' || method === 'DELETE')) {
      this.recordWrite(actor, method, collection, key, before, request.body);
    }
    if (key !== undefined) this.mutableSight(actor).resources.set(`${collection}/${key}`, this.writes.length);
    else this.recordList(actor, collection, request.url, response.body);
    return response;
  }

  /** Does something in the workspace as anybody but the tool. */
  async act(
    method: 'PUT' | 'DELETE',
    collection: Collection,
    name: string,
    body?: JsonObject,
  ): Promise<number> {
    const route =
      collection === 'savedSearches' ? 'savedSearches' : `providers/Microsoft.SecurityInsights/${collection}`;
    const version = collection === 'savedSearches' ? '2020-08-01' : '2025-10-01-preview';
    const { status } = await this.handle('others', {
      method,
      url: `https://management.azure.com${workspacePath}/${route}/${encodeURIComponent(name)}?api-version=${version}`,
      headers: {},
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return status;
  }

  private rewritten(collection: Collection, request: EmulatorRequest): EmulatorRequest {
    if (collection !== 'alertRules' || request.method !== 'PUT' || request.body === undefined) return request;
    const body = JSON.parse(request.body) as JsonObject;
    return { ...request, body: JSON.stringify(rewriteBody(body, this.settings.rewrites)) };
  }

  private recordWrite(
    actor: string,
    method: 'PUT' | 'DELETE',
    collection: Collection,
    key: string,
    before: StoredResource | undefined,
    body: string | undefined,
  ): void {
    const after = this.find(collection, key);
    if (after === before) return;
    const write: Write = {
      tick: this.writes.length + 1,
      actor,
      method,
      collection,
      key,
      before,
      after,
      ...(body === undefined ? {} : { sent: JSON.parse(body) as JsonObject }),
    };
    this.writes.push(write);
    this.onWrite(write);
  }

  private recordList(actor: string, collection: Collection, url: string, body: string): void {
    const sight = this.mutableSight(actor);
    if (!/skiptoken/i.test(url)) {
      for (const id of sight.resources.keys()) {
        if (id.startsWith(`${collection}/`)) sight.resources.delete(id);
      }
    }
    const page = JSON.parse(body) as JsonValue;
    if (!isJsonObject(page) || !isJsonArray(page['value'])) return;
    for (const item of page['value']) {
      if (!isJsonObject(item) || typeof item['name'] !== 'string') continue;
      sight.resources.set(`${collection}/${item['name'].toLowerCase()}`, this.writes.length);
    }
    if (page['nextLink'] === undefined) sight.collections.set(collection, this.writes.length);
  }

  private mutableSight(actor: string): {
    resources: Map<string, number>;
    collections: Map<Collection, number>;
  } {
    const known = this.sights.get(actor);
    if (known !== undefined) return known;
    const sight = { resources: new Map<string, number>(), collections: new Map<Collection, number>() };
    this.sights.set(actor, sight);
    return sight;
  }
}

/** The tick at which a sight shows a resource; 0 if it was never looked at. */
export function seenAt(sight: Sight, collection: Collection, key: string): number {
  return sight.resources.get(`${collection}/${key}`) ?? sight.collections.get(collection) ?? 0;
}

/** The collection and the lower-case name that a URL is about; undefined for any other place. */
export function parseTarget(
  url: string,
): { readonly collection: Collection; readonly key: string | undefined } | undefined {
  const match = /\/(alertRules|savedSearches|metadata)(?:\/([^/?]+))?(?:\?|$)/i.exec(url);
  const collection = collections.find((name) => name.toLowerCase() === match?.[1]?.toLowerCase());
  if (collection === undefined) return undefined;
  const name = match?.[2];
  return { collection, key: name === undefined ? undefined : decodeURIComponent(name).toLowerCase() };
}
