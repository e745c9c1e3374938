import { literalMutators } from './literal-mutators.ts';
import type { Mutator } from './mutator.ts';
import { operatorMutators } from './operator-mutators.ts';
import { comparisonMutators, predicateMutators } from './predicate-mutators.ts';
import { settingMutators } from './setting-mutators.ts';

/** Every way in which a detection is broken, in the order of docs/mutation.md. */
export const mutators: readonly Mutator[] = Object.freeze([
  ...predicateMutators,
  ...comparisonMutators,
  ...literalMutators,
  ...operatorMutators,
  ...settingMutators,
]);
