import { randomSource, type RandomSource } from '../support/random-source.ts';
import { fieldsOf } from './content.ts';
import { rewrites } from './rewrites.ts';
import {
  detectionKinds,
  type Deed,
  type Denial,
  type DetectionKind,
  type DetectionSeed,
  type Edit,
  type Fault,
  type Run,
  type Scenario,
  type Step,
} from './scenario.ts';

/** The scenario of a seed: always the same. */
export function generateScenario(seed: number): Scenario {
  const random = randomSource(seed);
  const detections = many(2 + random.below(4), () => anyDetection(random));
  return {
    seed,
    service: {
      enforcesEtags: random.below(4) > 0,
      refusesDeletedNames: random.below(3) === 0,
      pageSize: random.pick([2, 100, 100, 100]),
      rewrites: random.chance() ? [] : random.some(Object.keys(rewrites)),
    },
    detections,
    steps: [
      ...many(random.below(4), () => foreign(random)),
      ...many(5 + random.below(26), () => anyStep(random)),
    ],
  };
}

function anyStep(random: RandomSource): Step {
  const dice = random.below(100);
  if (dice < 25) return { do: 'edit', edit: anyEdit(random) };
  if (dice < 45) return { do: 'deed', deed: anyDeed(random) };
  if (dice < 48) return { do: 'wait', hours: random.pick([1, 25]) };
  if (dice < 55) return { do: 'save-plan', prune: random.chance(), adopt: random.below(4) === 0 };
  if (dice < 90) return { do: 'run', runs: [anyRun(random)] };
  return { do: 'run', runs: [anyRun(random), anyRun(random)] };
}

function foreign(random: RandomSource): Step {
  return { do: 'deed', deed: { ...creation(random) } };
}

function anyEdit(random: RandomSource): Edit {
  const target = random.below(8);
  const dice = random.below(100);
  if (dice < 55) return { do: 'set', target, ...anyField(random, 'Scheduled') };
  if (dice < 65) return { do: 'change-kind', target, kind: random.pick(detectionKinds) };
  if (dice < 75) return { do: 'add', detection: anyDetection(random) };
  if (dice < 85) return { do: 'remove', target };
  if (dice < 93) return { do: 'toggle-selection', target };
  return { do: 'rename', target };
}

function anyDeed(random: RandomSource): Deed {
  const target = random.below(12);
  const dice = random.below(100);
  if (dice < 45) return { do: 'set', target, ...anyField(random, 'Scheduled') };
  if (dice < 52) return { do: 'disable', target };
  if (dice < 57) return { do: 'auto-disable', target };
  if (dice < 67) return { do: 'delete', target };
  if (dice < 75) return { do: 'respell', target };
  if (dice < 80) return { do: 'delete-metadata', target };
  if (dice < 84) return { do: 'claim-metadata', target };
  return creation(random);
}

function creation(random: RandomSource): Extract<Deed, { readonly do: 'create' }> {
  const { fields, kind } = anyDetection(random);
  const mark = random.pick(['none', 'none', 'content-hub', 'other-owner'] as const);
  return { do: 'create', kind, fields, mark, ...(random.chance() ? { like: random.below(8) } : {}) };
}

function anyDetection(random: RandomSource): DetectionSeed {
  const kind = random.pick([
    'Scheduled',
    'Scheduled',
    'Scheduled',
    'NRT',
    'Hunting',
    'IncidentCreation',
  ] as const);
  const fields = random.some(fieldsOf(kind)).map((field) => [field, random.below(5)] as const);
  return { kind, fields: Object.fromEntries(fields) };
}

function anyField(
  random: RandomSource,
  kind: DetectionKind,
): { readonly field: string; readonly variant: number } {
  const often = ['query', 'enabled', 'severity', 'displayName', 'description'];
  return { field: random.pick(random.chance() ? often : fieldsOf(kind)), variant: random.below(5) };
}

function anyRun(random: RandomSource): Run {
  const what = random.pick(['deploy', 'deploy', 'deploy', 'deploy', 'saved-plan', 'rollback'] as const);
  const goesWrong = random.below(3) > 0;
  const dice = goesWrong ? random.below(100) : 100;
  return {
    what,
    prune: random.chance(),
    adopt: random.below(6) === 0,
    maxDeletes: random.pick([0, 1, 10, 10, 10]),
    age: random.below(8) === 0 ? 1 + random.below(2) : 0,
    snapshot: random.pick([0, 0, 0, 1, 2]),
    order: random.below(1_000_000),
    faults: dice < 55 ? many(1 + random.below(3), () => anyFault(random)) : [],
    denials: dice >= 55 && dice < 65 ? [anyDenial(random)] : [],
    ...(dice >= 65 && dice < 85
      ? { crash: { at: anyPlace(random), when: random.pick(['before', 'after'] as const) } }
      : {}),
    ...(dice >= 85 && dice < 90 ? { interruptAt: anyPlace(random) } : {}),
    meddling:
      random.below(4) === 0
        ? many(1 + random.below(2), () => ({ at: anyPlace(random), deed: anyDeed(random) }))
        : [],
  };
}

/** A run of a few changes sends three lists, then two or three requests a change. */
function anyPlace(random: RandomSource): number {
  return random.below(random.pick([4, 12, 25]));
}

function anyFault(random: RandomSource): Fault {
  const kind = random.pick([
    'throttled',
    'throttled-with-wait',
    'server-error',
    'unavailable',
    'reset',
    'lost-response',
    'lost-response',
    'garbled',
    'intercepted',
  ] as const);
  return { at: anyPlace(random), times: random.pick([1, 1, 2, 5, 40]), kind };
}

function anyDenial(random: RandomSource): Denial {
  const kind = random.pick(['alertRules', 'savedSearches', 'metadata', undefined] as const);
  const method = random.pick(['GET', 'PUT', 'DELETE', undefined] as const);
  return {
    at: random.pick([0, anyPlace(random)]),
    ...(kind === undefined ? {} : { kind }),
    ...(method === undefined ? {} : { method }),
  };
}

function many<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make);
}
