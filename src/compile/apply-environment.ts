import type { Diagnostic, SourceSpan } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { JsonValue } from '../core/json.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { Environment } from '../detection/config.ts';
import type { Detection, Parameter } from '../detection/detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { matchesSelector } from '../detection/select-detections.ts';
import { applyOverride } from './apply-override.ts';
import { describeMisfit, parameterPointer, parametersOf } from './check-parameters.ts';

/** The place in kustodian.yaml that set a value. */
export interface EnvironmentOrigin {
  readonly from: 'override' | 'environment-parameter';
  readonly environment: string;
  readonly file: string;
  /** JSON pointer into that file. */
  readonly pointer: string;
  readonly span: SourceSpan;
  /** The override's own reason. */
  readonly reason?: string;
}

/** A detection as one environment has it. */
export interface EffectiveDetection {
  /** What the author wrote. */
  readonly loaded: LoadedDetection;
  readonly environment: Environment;
  /** The same with the environment's values in place; a parameter's value is its `default`. */
  readonly detection: Detection;
  /** Who set what the environment changed, by canonical pointer (`/severity`, `/parameters/limit/default`). */
  readonly origins: ReadonlyMap<string, EnvironmentOrigin>;
}

/**
 * Applies an environment to a detection: its parameter values, then its overrides in order, so that a later one wins.
 * Selectors look at the detection as authored, whatever earlier overrides set. A value that does not fit its parameter
 * and an override of a parameter that the detection does not have are errors, for either would be lost.
 */
export function applyEnvironment(
  loaded: LoadedDetection,
  environment: Environment,
): { readonly effective: EffectiveDetection; readonly diagnostics: readonly Diagnostic[] } {
  const { source } = environment;
  const origins = new Map<string, EnvironmentOrigin>();
  const diagnostics: Diagnostic[] = [];
  let detection = loaded.detection;

  const originAt = (
    from: EnvironmentOrigin['from'],
    pointer: string,
    reason?: string,
  ): EnvironmentOrigin => ({
    from,
    environment: environment.name,
    file: source.file,
    pointer,
    span: source.spanOf(pointer),
    ...(reason === undefined ? {} : { reason }),
  });
  const setParameter = (parameter: Parameter, value: JsonValue, origin: EnvironmentOrigin): void => {
    const misfit = describeMisfit(parameter, value);
    if (misfit !== undefined) diagnostics.push({ ...misfit, file: origin.file, span: origin.span });
    detection = withParameter(detection, parameter.name, value);
    origins.set(parameterPointer(parameter.name), origin);
  };

  for (const parameter of parametersOf(detection)) {
    if (!Object.hasOwn(environment.parameters, parameter.name)) continue;
    const value = environment.parameters[parameter.name] ?? null;
    const pointer = joinPointer(source.pointer, 'parameters', parameter.name);
    setParameter(parameter, value, originAt('environment-parameter', pointer));
  }

  for (const [index, { select, set, reason }] of environment.overrides.entries()) {
    if (!matchesSelector(loaded, select)) continue;
    const base = joinPointer(source.pointer, 'overrides', index, 'set');
    const applied = applyOverride(detection, set);
    detection = applied.detection;
    for (const pointer of applied.pointers) {
      origins.set(pointer, originAt('override', base + pointer, reason));
    }
    for (const [name, value] of Object.entries(set.parameters ?? {})) {
      const pointer = joinPointer(base, 'parameters', name);
      const parameter = parametersOf(detection).find((candidate) => candidate.name === name);
      if (parameter === undefined) {
        diagnostics.push(unknownParameter(name, loaded, environment, pointer));
      } else {
        setParameter(parameter, value, originAt('override', pointer, reason));
      }
    }
  }
  return { effective: { loaded, environment, detection, origins }, diagnostics };
}

function withParameter(detection: Detection, name: string, value: JsonValue): Detection {
  if (detection.kind === 'MicrosoftSecurityIncidentCreation') return detection;
  const parameters = detection.parameters.map((parameter) =>
    parameter.name === name ? { ...parameter, default: value } : parameter,
  );
  return { ...detection, parameters };
}

function unknownParameter(
  name: string,
  { file, detection }: LoadedDetection,
  { source }: Environment,
  pointer: string,
): Diagnostic {
  const names = parametersOf(detection).map((parameter) => parameter.name);
  const nearest = nearestName(name, names);
  const remedy =
    nearest === undefined ? 'narrow the override to detections that have it' : `did you mean "${nearest}"?`;
  return {
    code: 'parameter-unknown',
    severity: 'error',
    message: `"${file}", which this override selects, has no parameter "${name}"`,
    file: source.file,
    span: source.spanOf(pointer, 'key'),
    hint: remedy,
  };
}
