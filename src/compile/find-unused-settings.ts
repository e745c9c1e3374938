import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { Environment } from '../detection/config.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { matchesSelector } from '../detection/select-detections.ts';
import { nearestName } from '../core/nearest-name.ts';
import { parametersOf } from './check-parameters.ts';

/**
 * Finds settings of an environment that no detection of the whole repository takes: an override that selects none and a
 * parameter that none declares. Most often a misspelling, so each is a warning.
 */
export function findUnusedSettings(
  environment: Environment,
  all: readonly LoadedDetection[],
): readonly Diagnostic[] {
  const { source, overrides, parameters } = environment;
  const declared = new Set(all.flatMap(({ detection }) => parametersOf(detection).map(({ name }) => name)));
  const unusedOverrides = overrides.flatMap(({ select }, index): readonly Diagnostic[] => {
    if (all.some((loaded) => matchesSelector(loaded, select))) return [];
    const pointer = joinPointer(source.pointer, 'overrides', index, 'select');
    return [
      {
        code: 'override-unused',
        severity: 'warning',
        message: `this override of environment "${environment.name}" selects no detection`,
        file: source.file,
        span: source.spanOf(pointer),
        hint: 'check its select, or remove it',
      },
    ];
  });
  const unusedParameters = Object.keys(parameters).flatMap((name): readonly Diagnostic[] => {
    if (declared.has(name)) return [];
    const nearest = nearestName(name, declared);
    return [
      {
        code: 'parameter-undeclared',
        severity: 'warning',
        message: `no detection declares the parameter "${name}" of environment "${environment.name}"`,
        file: source.file,
        span: source.spanOf(joinPointer(source.pointer, 'parameters', name), 'key'),
        hint: nearest === undefined ? 'remove it' : `did you mean "${nearest}"?`,
      },
    ];
  });
  return [...unusedOverrides, ...unusedParameters];
}
