import type { InProcessRequest, InProcessResponse } from '../../src/azure/in-process-http-client.ts';
import { TransportFailure } from '../../src/emulator/http.ts';
import type { RandomSource } from '../support/random-source.ts';
import type { Gateway } from './gateway.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A run that sends requests: one process of the tool. */
export interface Actor {
  readonly name: string;
  readonly gateway: Gateway;
  /** Called before the request of a number is handled. */
  readonly before: (at: number) => Promise<void>;
  isDead: boolean;
  /** True once the run has given its value or its error: it may not send anything any more. */
  hasEnded?: boolean;
  /** Called if it does so all the same. */
  readonly onStray: (request: InProcessRequest) => void;
}

interface Parked {
  readonly actor: Actor;
  readonly request: InProcessRequest;
  readonly resolve: (response: InProcessResponse) => void;
  readonly reject: (error: Error) => void;
}

/** How a run ended: with a value or an error, by a crash, or not at all. */
export type Ending<Value> =
  | { readonly type: 'done'; readonly value: Value }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'crashed' }
  | { readonly type: 'hung' };

/** Turns of the event loop without a request and without a wait after which a run is taken for hung. */
const patience = 200;

/**
 * Lets the requests of runs at the service one at a time, in an order that the random source alone decides: every run waits at its
 * requests until nothing else can happen, so that a seed always gives the same history.
 */
export class Scheduler {
  private parked: Parked[] = [];
  private readonly time: VirtualTime;

  constructor(time: VirtualTime) {
    this.time = time;
  }

  /** What a run's HTTP client calls. */
  park(actor: Actor, request: InProcessRequest): Promise<InProcessResponse> {
    return new Promise((resolve, reject) => {
      if (actor.isDead) return;
      if (actor.hasEnded === true) actor.onStray(request);
      else this.parked.push({ actor, request, resolve, reject });
    });
  }

  /** Runs some at the same time until all of them have ended. */
  async run<Value>(
    runs: readonly { readonly actor: Actor; readonly start: () => Promise<Value> }[],
    random: RandomSource,
  ): Promise<readonly Ending<Value>[]> {
    const endings = new Map<Actor, Ending<Value>>();
    const end = (actor: Actor, ending: Ending<Value>): void => {
      endings.set(actor, ending);
      actor.hasEnded = true;
    };
    for (const { actor, start } of runs) {
      start().then(
        (value) => {
          end(actor, { type: 'done', value });
        },
        (error: unknown) => {
          end(actor, { type: 'failed', error });
        },
      );
    }
    for (let idle = 0; endings.size < runs.length && idle < patience;) {
      await quiet();
      if (endings.size === runs.length) break;
      if (this.parked.length > 0) {
        const actor = await this.handleOne(random);
        if (actor.isDead) endings.set(actor, { type: 'crashed' });
        idle = 0;
      } else if (this.time.advanceToNextWait()) idle = 0;
      else idle++;
    }
    this.parked = [];
    return runs.map(({ actor }) => endings.get(actor) ?? { type: 'hung' });
  }

  private async handleOne(random: RandomSource): Promise<Actor> {
    // In an order of its own, whatever the order is in which the runs came so far.
    this.parked.sort((a, b) => compare(sortKey(a), sortKey(b)));
    const index = random.below(this.parked.length);
    const chosen = this.parked[index]!;
    this.parked.splice(index, 1);
    const { actor, request, reject, resolve } = chosen;
    await actor.before(actor.gateway.count);
    const passage = await actor.gateway.pass(request);
    this.time.advance(20 + random.below(100));
    switch (passage.type) {
      case 'answer':
        resolve(passage.response);
        break;
      case 'broken':
        reject(new TransportFailure());
        break;
      case 'crashed':
        await this.bury(actor, random);
        break;
    }
    return actor;
  }

  /** The other requests of a process that has ended may have left it already, or not. */
  private async bury(actor: Actor, random: RandomSource): Promise<void> {
    actor.isDead = true;
    const left = this.parked.filter((one) => one.actor === actor);
    this.parked = this.parked.filter((one) => one.actor !== actor);
    for (const { request } of left) if (random.chance()) await actor.gateway.deliver(request);
  }
}

function sortKey({ actor, request }: Parked): string {
  return `${actor.name} ${request.method} ${request.url}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Everything that can go on without an answer from the service has gone on after some turns of the event loop; an import takes several. */
async function quiet(): Promise<void> {
  for (let turns = 0; turns < 4; turns++) await new Promise((resolve) => setImmediate(resolve));
}
