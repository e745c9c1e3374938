import type { DesiredResource, Plan } from '../../src/plan/plan.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import { isJsonObject } from '../../src/core/json.ts';
import { randomSource } from '../support/random-source.ts';
import { applyEdit, createDetection, describe, type Detection } from './content.ts';
import { Gateway } from './gateway.ts';
import { differences, normalForm, type NormalForm } from './normal-form.ts';
import { commit } from './others.ts';
import { isOurMetadata, Ownership, parentOf } from './ownership.ts';
import { collectionOf, roleOf } from './plan-lookup.ts';
import { judgePlan } from './plan-rules.ts';
import { judgeReport } from './report-rules.ts';
import { rewriteBody } from './rewrites.ts';
import type { Run, Scenario, Step } from './scenario.ts';
import { Scheduler, type Actor, type Ending } from './scheduler.ts';
import { seenAt, SimulatedService, type Collection, type Sight, type Write } from './service.ts';
import { textOf } from './text-of.ts';
import { Tool, type RunReport, type StoreWrapper } from './tool.ts';
import { VirtualTime } from './virtual-time.ts';
import { judgeWrite, type JudgedRun } from './write-rules.ts';

/** A plan that `plan --out` wrote, with what it was made from. */
interface SavedPlan {
  readonly text: string;
  readonly sight: Sight;
}

/** A workspace, a repository and the people around them; and the oracle that watches. */
export class World {
  /** What is wrong, as sentences. */
  readonly violations: string[] = [];
  private readonly scenario: Scenario;
  private readonly time = new VirtualTime();
  private readonly scheduler = new Scheduler(this.time);
  private readonly service: SimulatedService;
  private readonly tool: Tool;
  private readonly ownership = new Ownership();
  private readonly judged = new Map<string, JudgedRun>();
  private readonly history: (readonly Detection[])[];
  private detectionsEver: number;
  private runs = 0;
  private underWay = 0;
  private savedPlan: SavedPlan | undefined;

  constructor(scenario: Scenario, wrap: StoreWrapper) {
    this.scenario = scenario;
    this.service = new SimulatedService(scenario.service, this.time);
    this.service.onWrite = (write) => {
      this.judge(write);
    };
    this.tool = new Tool(this.scheduler, this.time, wrap);
    this.history = [scenario.detections.map(createDetection)];
    this.detectionsEver = scenario.detections.length;
  }

  /** Does one step. */
  async do(step: Step): Promise<void> {
    switch (step.do) {
      case 'edit':
        this.history.push(applyEdit(this.repository(0), step.edit, this.detectionsEver++));
        return;
      case 'deed':
        await commit(step.deed, this.service, this.nameLike);
        return;
      case 'wait':
        this.time.advance(step.hours * 3_600_000);
        return;
      case 'save-plan':
        await this.savePlan(step);
        return;
      case 'run':
        await this.run(step.runs);
        return;
    }
  }

  /** Nothing goes wrong any more: one deploy, and the workspace is as described, and the next plan is empty. */
  async settle(): Promise<void> {
    this.time.advance(48 * 3_600_000);
    const [first] = await this.run([quiet]);
    if (first?.type !== 'done') {
      this.violations.push(`the last deploy ended otherwise: ${describeEnding(first)}`);
      return;
    }
    this.judgeEnd(first.value);
    // What was made under its first name again leaves metadata of the next name behind, for one more prune.
    if (
      this.service.writes.some(({ collection, after }) => collection === 'metadata' && after !== undefined)
    ) {
      await this.run([quiet]);
    }
    const before = this.service.writes.length;
    const [second] = await this.run([quiet]);
    if (second?.type !== 'done') this.violations.push(`the deploy after the last: ${describeEnding(second)}`);
    else {
      for (const { action, name } of second.value.plan.changes) {
        if (!['no-op', 'not-ours', 'blocked', 'held'].includes(action))
          this.violations.push(`the plan after the last deploy has ${action} ${name}`);
      }
    }
    if (this.service.writes.length !== before) this.violations.push('the deploy after the last wrote');
  }

  private readonly nameLike = (index: number): string | undefined => {
    const all = this.repository(0);
    return all[index % Math.max(1, all.length)]?.id;
  };

  private repository(age: number): readonly Detection[] {
    return this.history[Math.max(0, this.history.length - 1 - age)] ?? [];
  }

  private judge(write: Write): void {
    if (write.actor === 'others') {
      this.ownership.noteTheirs(write);
      return;
    }
    const isEarlier = (one: Write): boolean =>
      one !== write && one.collection === write.collection && one.key === write.key;
    const previous = this.service.writes.findLast(isEarlier);
    const sight = this.service.sightOf(write.actor);
    const found = judgeWrite(write, this.judged.get(write.actor), {
      ownership: this.ownership,
      enforcesEtags: this.scenario.service.enforcesEtags,
      sight,
      isContested: this.isContested(write, sight),
      contentId: this.service.contentIdOf(write.collection, write.key),
      marksSomething: this.marksSomething(write, sight),
      planned: this.service.writes.findLast(
        (one) =>
          isEarlier(one) &&
          one.tick <= seenAt(this.judged.get(write.actor)?.planSight ?? sight, one.collection, one.key),
      )?.after,
      overwritten: previous?.actor === write.actor ? undefined : previous,
    });
    this.report(write.actor, found);
    const plan = this.judged.get(write.actor)?.plan;
    const role = roleOf(plan, write.collection, write.key);
    this.ownership.noteOurs(write, {
      isRight: found.length === 0,
      isDisabling:
        role?.type === 'replaced' || role?.change.action === 'delete' || role?.change.action === 'disable',
      isAlone: this.underWay === 1,
      announced: announcedBy(write, plan),
    });
  }

  /** True if somebody else changed since the last look whose the resource is. Metadata has no etags, so that cannot be told. */
  private isContested({ actor, after, before, collection, key }: Write, sight: Sight): boolean {
    const marker = after ?? before;
    const id = collection === 'metadata' && marker !== undefined ? parentOf(marker) : `${collection}/${key}`;
    return this.service.writes.some(
      (one) =>
        one.collection === 'metadata' &&
        one.actor !== actor &&
        one.tick > seenAt(sight, 'metadata', one.key) &&
        [one.before, one.after].some((metadata) => metadata !== undefined && parentOf(metadata) === id),
    );
  }

  private marksSomething({ before, collection }: Write, sight: Sight): boolean {
    const parent = collection === 'metadata' && before !== undefined ? parentOf(before) : undefined;
    const [kind, key] = parent?.split('/') ?? [];
    if ((kind !== 'alertRules' && kind !== 'savedSearches') || key === undefined) return false;
    const last = this.service.writes.findLast((one) => one.collection === kind && one.key === key);
    return last?.after !== undefined && last.tick <= seenAt(sight, kind, key);
  }

  private async savePlan(step: Extract<Step, { readonly do: 'save-plan' }>): Promise<void> {
    const desired = describe(this.repository(0));
    const { actor, process } = this.createProcess({ ...quiet, ...step }, desired, (plan, sight) => {
      this.judgePlan(actor.name, plan, desired, sight, step);
    });
    const [ending] = await this.scheduler.run(
      [{ actor, start: () => this.tool.savePlan(process, step) }],
      randomSource(0),
    );
    if (ending?.type !== 'done')
      this.report(actor.name, [`could not save a plan: ${describeEnding(ending)}`]);
    else this.savedPlan = { text: ending.value, sight: this.service.sightOf(actor.name) };
  }

  private async run(runs: readonly Run[]): Promise<readonly Ending<RunReport>[]> {
    const prepared = runs.flatMap((run) => this.prepare(run));
    this.underWay = prepared.length;
    const endings = await this.scheduler.run(prepared, randomSource(runs[0]?.order ?? 0));
    for (const [index, ending] of endings.entries()) {
      const one = prepared[index];
      if (one !== undefined) this.judgeEnding(one.actor, one.run, ending);
    }
    const find = (collection: Collection, key: string) => this.service.find(collection, key);
    this.violations.push(
      ...this.ownership.findDamage(find).map((id) => `${id} of others is not as they left it`),
    );
    return endings;
  }

  private prepare(
    run: Run,
  ): readonly { readonly actor: Actor; readonly run: Run; readonly start: () => Promise<RunReport> }[] {
    const saved = run.what === 'saved-plan' ? this.savedPlan : undefined;
    if (run.what === 'saved-plan' && saved === undefined) return [];
    if (run.what === 'rollback' && ![...this.tool.files.keys()].some((file) => file.includes('/snapshots/')))
      return [];
    const desired = describe(this.repository(run.age));
    const { actor, process } = this.createProcess(run, desired, (plan, sight) => {
      this.judged.set(actor.name, { plan, planSight: saved?.sight ?? sight });
      if (run.what === 'deploy') this.judgePlan(actor.name, plan, desired, sight, run);
    });
    return [{ actor, run, start: () => this.tool.run(process, run, saved?.text) }];
  }

  private createProcess(
    run: Run,
    desired: readonly DesiredResource[],
    onPlan: (plan: Plan, sight: Sight) => void,
  ): { readonly actor: Actor; readonly process: Parameters<Tool['run']>[0] } {
    const name = `run ${++this.runs}`;
    const abort = new AbortController();
    const actor: Actor = {
      name,
      gateway: new Gateway(run, name, this.service),
      isDead: false,
      onStray: ({ method, url }) => {
        this.report(name, [`sends ${method} ${url} after it has ended`]);
      },
      before: async (at) => {
        if (run.interruptAt === at) abort.abort();
        for (const { deed } of run.meddling.filter((one) => one.at === at)) {
          await commit(deed, this.service, this.nameLike);
        }
      },
    };
    const process = {
      actor,
      desired,
      commit: `commit${this.history.length - run.age}`,
      signal: abort.signal,
      onPlan: (plan: Plan) => {
        onPlan(plan, this.service.sightOf(name));
      },
    };
    return { actor, process };
  }

  private judgePlan(
    actor: string,
    plan: Plan,
    desired: readonly DesiredResource[],
    sight: Sight,
    flags: { readonly prune: boolean; readonly adopt: boolean },
  ): void {
    // Whoever reads while others write may see half of it: that is judged by what comes of it.
    const isStill = this.service.writes.every(
      ({ collection, key, tick }) =>
        tick <= seenAt(sight, collection, key) && tick <= (sight.collections.get(collection) ?? 0),
    );
    if (!isStill) return;
    const found = judgePlan(plan, desired, {
      ...flags,
      ownership: this.ownership,
      find: (collection, key) => this.service.find(collection, key),
      namesOf: (collection, id) => this.service.namesOf(collection, id, isOurMetadata),
      list: (collection) => this.service.list(collection),
    });
    this.report(actor, found);
  }

  private judgeEnding({ name }: Actor, run: Run, ending: Ending<RunReport>): void {
    const own = this.service.writes.filter(({ actor }) => actor === name);
    const deletes = own.filter(
      ({ collection, method }) => method === 'DELETE' && collection !== 'metadata',
    ).length;
    if (deletes > run.maxDeletes) this.report(name, [`deleted ${deletes}, more than ${run.maxDeletes}`]);
    switch (ending.type) {
      case 'crashed':
        return;
      case 'hung':
        this.report(name, ['never ends']);
        return;
      case 'failed':
        if (!(ending.error instanceof ToolError) || ending.error.code === 'internal') {
          this.report(name, [`broke: ${describeEnding(ending)}`]);
        } else if (own.length > 0) this.report(name, [`stopped after it wrote: ${describeEnding(ending)}`]);
        return;
      case 'done': {
        const planSight = this.judged.get(name)?.planSight ?? this.service.sightOf(name);
        this.report(
          name,
          judgeReport(ending.value, {
            writes: this.service.writes,
            actor: name,
            planSight,
            isUndisturbed: run.faults.length === 0,
          }),
        );
        return;
      }
    }
  }

  /** What is described is there, but for what the last report names. */
  private judgeEnd({ exitCode, outcomes }: RunReport): void {
    const refused = outcomes.filter(({ status }) => status === 'refused');
    for (const { status, name, reason } of outcomes) {
      if (status === 'failed' || status === 'skipped')
        this.violations.push(`the last deploy ${status} ${name}: ${reason ?? ''}`);
    }
    if (exitCode !== (refused.length === 0 ? 0 : 1))
      this.violations.push(`the last deploy exited with ${exitCode}`);
    const excused = outcomes.filter(({ action, status }) => status === 'refused' || action === 'held');
    for (const resource of describe(this.repository(0))) {
      if (!excused.some(({ file }) => file === resource.detection.file)) this.judgeResource(resource);
    }
  }

  private judgeResource(resource: DesiredResource): void {
    const collection = collectionOf(resource.kind);
    const place = `${collection}/${resource.name}`;
    const [name, ...more] = this.service.namesOf(collection, resource.detection.id, isOurMetadata);
    if (more.length > 0) this.violations.push(`${place} is there more than once`);
    const live = name === undefined ? undefined : this.service.find(collection, name);
    if (live === undefined) {
      this.violations.push(`${place} is described and not there`);
      return;
    }
    const wrong = differences(normalForm(collection, live), this.expected(collection, resource));
    if (wrong.length > 0) this.violations.push(`${wrong.join()} of ${place} are not as described`);
  }

  private expected(collection: Collection, { body }: DesiredResource): NormalForm {
    const sent = JSON.parse(JSON.stringify(body)) as Parameters<typeof rewriteBody>[0];
    const kept = collection === 'alertRules' ? rewriteBody(sent, this.scenario.service.rewrites) : sent;
    return normalForm(collection, {
      kind: kept['kind'],
      properties: isJsonObject(kept['properties']) ? kept['properties'] : {},
    });
  }

  private report(actor: string, found: readonly string[]): void {
    this.violations.push(...found.map((what) => `${actor}: ${what}`));
  }
}

/** What a run is about to make of the resource that it writes metadata of. */
function announcedBy({ after, collection }: Write, plan: Plan | undefined): NormalForm | undefined {
  const parent = collection === 'metadata' && after !== undefined ? parentOf(after) : undefined;
  const [of, key] = parent?.split('/') ?? [];
  if ((of !== 'alertRules' && of !== 'savedSearches') || key === undefined) return undefined;
  const change = roleOf(plan, of, key, textOf(after?.properties['contentId']))?.change;
  if (change === undefined || !('body' in change)) return undefined;
  const { kind, properties } = change.body;
  return normalForm(of, { kind, properties: isJsonObject(properties) ? properties : {} });
}

/** A deploy to which nothing happens. */
const quiet: Run = {
  what: 'deploy',
  prune: true,
  adopt: false,
  maxDeletes: 1_000,
  age: 0,
  snapshot: 0,
  order: 0,
  faults: [],
  denials: [],
  meddling: [],
};

function describeEnding(ending: Ending<unknown> | undefined): string {
  if (ending?.type !== 'failed') return ending?.type ?? 'nothing';
  return ending.error instanceof ToolError
    ? `${ending.error.code}: ${ending.error.message}`
    : String(ending.error instanceof Error ? ending.error.stack : ending.error);
}
