import type { Run, Scenario, Step } from './scenario.ts';
import { omit } from './text-of.ts';

/**
 * The smallest scenario that can be reached from a failing one by taking things away, one at a time, as long as it still fails:
 * steps, runs, faults, meddling, detections, fields, oddities of the service.
 */
export async function shrinkScenario(
  scenario: Scenario,
  fails: (candidate: Scenario) => Promise<boolean>,
): Promise<Scenario> {
  let smallest = scenario;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (let index = 0; ; index++) {
      const candidate = candidates(smallest)[index];
      if (candidate === undefined) break;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      isSmaller = true;
      // What comes next stands at the same place now.
      index--;
    }
  }
  return smallest;
}

/** Every scenario with one thing less, the largest things first. */
function candidates(scenario: Scenario): readonly Scenario[] {
  const { detections, service, steps } = scenario;
  return [
    ...halves(steps).map((fewer) => ({ ...scenario, steps: fewer })),
    ...without(steps).map((fewer) => ({ ...scenario, steps: fewer })),
    ...steps.flatMap((step, index) =>
      simplerSteps(step).map((simpler) => ({ ...scenario, steps: steps.with(index, simpler) })),
    ),
    ...without(detections).map((fewer) => ({ ...scenario, detections: fewer })),
    ...without(service.rewrites).map((rewrites) => ({ ...scenario, service: { ...service, rewrites } })),
    ...(service.enforcesEtags ? [] : [{ ...scenario, service: { ...service, enforcesEtags: true } }]),
    ...(service.refusesDeletedNames
      ? [{ ...scenario, service: { ...service, refusesDeletedNames: false } }]
      : []),
    ...(service.pageSize < 100 ? [{ ...scenario, service: { ...service, pageSize: 100 } }] : []),
    ...detections.flatMap((detection, index) =>
      withoutMembers(detection.fields).map((fields) => ({
        ...scenario,
        detections: detections.with(index, { ...detection, fields }),
      })),
    ),
  ];
}

function simplerSteps(step: Step): readonly Step[] {
  switch (step.do) {
    case 'run':
      return [
        ...(step.runs.length > 1 ? without(step.runs).map((runs) => ({ ...step, runs })) : []),
        ...step.runs.flatMap((run, index) =>
          simplerRuns(run).map((simpler) => ({ ...step, runs: step.runs.with(index, simpler) })),
        ),
      ];
    case 'deed':
      if (step.deed.do !== 'create') return [];
      return withoutMembers(step.deed.fields).map(
        (fields) => ({ ...step, deed: { ...step.deed, fields } }) as Step,
      );
    case 'edit':
    case 'wait':
    case 'save-plan':
      return [];
  }
}

function simplerRuns(run: Run): readonly Run[] {
  return [
    ...(run.crash === undefined ? [] : [omit(run, 'crash')]),
    ...(run.interruptAt === undefined ? [] : [omit(run, 'interruptAt')]),
    ...without(run.faults).map((faults) => ({ ...run, faults })),
    ...without(run.denials).map((denials) => ({ ...run, denials })),
    ...without(run.meddling).map((meddling) => ({ ...run, meddling })),
    ...run.faults.flatMap((fault, index) =>
      fault.times > 1 ? [{ ...run, faults: run.faults.with(index, { ...fault, times: 1 }) }] : [],
    ),
    ...(run.prune ? [{ ...run, prune: false }] : []),
    ...(run.adopt ? [{ ...run, adopt: false }] : []),
    ...(run.age > 0 ? [{ ...run, age: 0 }] : []),
    ...(run.snapshot > 0 ? [{ ...run, snapshot: 0 }] : []),
    ...(run.what === 'deploy' ? [] : [{ ...run, what: 'deploy' as const }]),
    ...(run.maxDeletes === 10 ? [] : [{ ...run, maxDeletes: 10 }]),
    ...(run.order > 9 ? [{ ...run, order: run.order % 10 }] : []),
  ];
}

/** A list without its first and without its second half. */
function halves<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const middle = Math.floor(items.length / 2);
  return items.length < 4 ? [] : [items.slice(middle), items.slice(0, middle)];
}

/** A list without each of its items. */
function without<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return items.map((_, index) => items.toSpliced(index, 1));
}

function withoutMembers<Value>(
  object: Readonly<Record<string, Value>>,
): readonly Readonly<Record<string, Value>>[] {
  return without(Object.entries(object)).map((entries) => Object.fromEntries(entries));
}
