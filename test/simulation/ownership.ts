import { isJsonObject } from '../../src/core/json.ts';
import type { StoredResource } from '../../src/emulator/state.ts';
import { differences, normalForm, type NormalForm } from './normal-form.ts';
import type { Collection, Write } from './service.ts';
import { owner } from './tool.ts';
import { textOf } from './text-of.ts';

/** What the tool sent last of a resource, and what the service kept of it. */
export interface Memory {
  readonly sent: NormalForm;
  readonly kept: NormalForm;
  /** Fields that the tool has not written down yet: a run that stops before it does so cannot tell them from an edit. */
  readonly uncertain: readonly string[];
  /** True from the announcement of a write until that write: the metadata holds two states, and knows less of the one before. */
  readonly isAnnounced: boolean;
  /** What that write would have sent: who makes just that of the resource cannot be told from it. */
  readonly announced?: NormalForm | undefined;
  /** True if two runs wrote to it at the same time: the metadata may be of the one and the resource of the other. */
  readonly isMixed: boolean;
}

/**
 * Whose a resource is, by what happened and not by what the tool makes of it: ours is what the tool has made or announced, or what
 * it was told to adopt, for as long as metadata says so.
 */
export class Ownership {
  private readonly ours = new Set<string>();
  /** What metadata of ours is about. */
  private readonly marked = new Set<string>();
  /** Which run wrote a resource last. */
  private readonly lastWriter = new Map<string, string>();
  private readonly memories = new Map<string, Memory>();
  /** Everything that is not ours, as its maker left it. */
  private readonly theirs = new Map<string, string>();

  isOurs(collection: Collection, key: string): boolean {
    const id = `${collection}/${key}`;
    return this.ours.has(id) && this.marked.has(id);
  }

  /** True if metadata of ours is about it. */
  isMarked(collection: Collection, key: string): boolean {
    return this.marked.has(`${collection}/${key}`);
  }

  memoryOf(collection: Collection, key: string): Memory | undefined {
    return this.memories.get(`${collection}/${key}`);
  }

  /** Takes in a write of somebody else. */
  noteTheirs(write: Write): void {
    const id = `${write.collection}/${write.key}`;
    if (write.collection === 'metadata') this.noteMark(write);
    const isOurs = write.collection === 'metadata' ? isOurMetadata(write.after) : this.ours.has(id);
    if (write.after === undefined || isOurs) this.theirs.delete(id);
    else this.theirs.set(id, JSON.stringify(write.after));
  }

  /**
   * Takes in a write of the tool.
   *
   * @param isRight false if it should not have been made
   * @param isDisabling true if it comes before a delete, and nobody will ask any more what was sent
   * @param isAlone false if another run is under way
   * @param announced what metadata announces, if it stands for a write to come
   */
  noteOurs(
    write: Write,
    {
      announced,
      isAlone,
      isDisabling,
      isRight,
    }: {
      readonly isRight: boolean;
      readonly isDisabling: boolean;
      readonly isAlone: boolean;
      readonly announced: NormalForm | undefined;
    },
  ): void {
    const { after, collection, key, sent } = write;
    const id = `${collection}/${key}`;
    if (isRight) this.theirs.delete(id);
    if (collection === 'metadata') {
      this.noteMark(write);
      const parent = after === undefined ? undefined : parentOf(after);
      if (parent !== undefined) this.ours.add(parent);
      const memory = parent === undefined ? undefined : this.memories.get(parent);
      if (parent !== undefined && memory !== undefined) {
        const isRecord = this.lastWriter.get(parent) === write.actor;
        this.memories.set(parent, {
          ...memory,
          isAnnounced: !isRecord,
          announced: isRecord ? undefined : announced,
          isMixed: memory.isMixed || !isAlone,
          ...(isRecord ? { uncertain: [] } : {}),
        });
      }
      return;
    }
    if (after === undefined || sent === undefined) {
      this.memories.delete(id);
      return;
    }
    this.ours.add(id);
    const properties = isJsonObject(sent['properties']) ? sent['properties'] : {};
    const form = normalForm(collection, { kind: sent['kind'], properties });
    const kept = normalForm(collection, after);
    const known = this.memories.get(id);
    this.lastWriter.set(id, write.actor);
    if (!isDisabling) {
      const uncertain = differences(form, kept);
      this.memories.set(id, { sent: form, kept, uncertain, isAnnounced: false, isMixed: !isAlone });
    } else if (known !== undefined) {
      this.memories.set(id, { ...known, uncertain: [...known.uncertain, '/properties/enabled'] });
    }
  }

  /** What of the others' is no longer as they left it. */
  findDamage(find: (collection: Collection, key: string) => StoredResource | undefined): readonly string[] {
    return [...this.theirs].flatMap(([id, before]) => {
      const [collection = '', ...rest] = id.split('/');
      const now = find(collection as Collection, rest.join('/'));
      return now !== undefined && JSON.stringify(now) === before ? [] : [id];
    });
  }

  private noteMark({ after, before }: Write): void {
    if (before !== undefined && isOurMetadata(before)) {
      const parent = parentOf(before) ?? '';
      this.marked.delete(parent);
      if (!isOurMetadata(after)) {
        this.ours.delete(parent);
        this.memories.delete(parent);
      }
    }
    const parent = after !== undefined && isOurMetadata(after) ? parentOf(after) : undefined;
    if (parent !== undefined) this.marked.add(parent);
  }
}

/** True for metadata that names the repository of the simulation as its source. */
export function isOurMetadata(resource: StoredResource | undefined): boolean {
  const source = resource?.properties['source'];
  return isJsonObject(source) && source['kind'] === 'SourceRepository' && source['sourceId'] === owner;
}

/** The resource that metadata is about, as `collection/key`. */
export function parentOf({ properties }: StoredResource): string | undefined {
  const match = /\/(alertRules|savedSearches)\/([^/]+)$/i.exec(textOf(properties['parentId']));
  if (match === null) return undefined;
  const collection = match[1]?.toLowerCase() === 'alertrules' ? 'alertRules' : 'savedSearches';
  return `${collection}/${match[2]?.toLowerCase() ?? ''}`;
}
