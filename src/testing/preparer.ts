import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer, valueAt } from '../core/json-pointer.ts';
import { nearestName } from '../core/nearest-name.ts';
import { applyEnvironment } from '../compile/apply-environment.ts';
import { hasQuery } from '../checks/detection-kinds.ts';
import { describeMisfit } from '../compile/check-parameters.ts';
import type { Environment } from '../detection/config.ts';
import type { Detection, QueryDetection } from '../detection/detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { Analyse } from '../kql/analysis-memory.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { prepareDetection, type Preparation } from './prepare-detection.ts';
import type { Scenario } from './scenario.ts';

/** What detections are prepared with. */
export interface PreparerContext {
  readonly schema: WorkspaceSchema;
  /** Those of kustodian.yaml. */
  readonly environments: ReadonlyMap<string, Environment>;
  /** The environment of scenarios that name none; as authored, if left out. */
  readonly environment?: string | undefined;
  /** Analyses queries; for who has analysed the same ones before. */
  readonly analyse?: Analyse | undefined;
}

/** Prepares a detection for scenarios, once for each set of values that they ask for. */
export type Preparer = (scenario: Pick<Scenario, 'settings' | 'document' | 'pointer'>) => Preparation;

/** A detection without what a scenario would change of it. */
export function asItIs({ document }: LoadedDetection): Parameters<Preparer>[0] {
  return { settings: { parameters: {} }, document, pointer: '' };
}

/** Makes a preparer of one detection, which must have a query. */
export function createPreparer(loaded: LoadedDetection, context: PreparerContext): Preparer {
  const known = new Map<string, Preparation>();
  return (scenario) => {
    const key = JSON.stringify(scenario.settings);
    let preparation = known.get(key);
    if (preparation === undefined) {
      preparation = prepare(loaded, context, scenario);
      // What is wrong with a scenario's own values is said at its own place.
      if ('prepared' in preparation) known.set(key, preparation);
    }
    return preparation;
  };
}

type Settings = Parameters<Preparer>[0];

function prepare(loaded: LoadedDetection, context: PreparerContext, scenario: Settings): Preparation {
  const applied = withEnvironment(loaded, context, scenario);
  if ('diagnostics' in applied) return applied;
  const { detection } = applied;
  if (!hasQuery(detection)) throw new TypeError(`"${loaded.file}" has no query`);
  const changed = withParameters(detection, scenario);
  if ('diagnostics' in changed) return changed;
  return prepareDetection(loaded, changed.detection, context.schema, context.analyse);
}

function withEnvironment(
  loaded: LoadedDetection,
  { environments, environment: fallback }: PreparerContext,
  { settings, document, pointer }: Settings,
): { readonly detection: Detection } | { readonly diagnostics: readonly Diagnostic[] } {
  const name = settings.environment ?? fallback;
  if (name === undefined) return { detection: loaded.detection };
  const environment = environments.get(name);
  if (environment === undefined) {
    const nearest = nearestName(name, environments.keys());
    const fault: Diagnostic = {
      code: 'scenario-setting',
      severity: 'error',
      message: `kustodian.yaml has no environment "${name}"`,
      file: document.file,
      span: placeOf(document, pointer, 'environment'),
      hint:
        nearest === undefined ? `use ${[...environments.keys()].join(', ')}` : `did you mean "${nearest}"?`,
    };
    return { diagnostics: [fault] };
  }
  const { effective, diagnostics } = applyEnvironment(loaded, environment);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? { diagnostics: errors } : { detection: effective.detection };
}

function withParameters(
  detection: QueryDetection,
  { settings, document, pointer }: Settings,
): { readonly detection: QueryDetection } | { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const names = detection.parameters.map(({ name }) => name);
  for (const [name, value] of Object.entries(settings.parameters)) {
    const parameter = detection.parameters.find((each) => each.name === name);
    const span = placeOf(document, pointer, 'parameters', name);
    if (parameter === undefined) {
      const nearest = nearestName(name, names);
      diagnostics.push({
        code: 'scenario-setting',
        severity: 'error',
        message: `the detection has no parameter "${name}"`,
        file: document.file,
        span,
        hint: nearest === undefined ? 'remove it' : `did you mean "${nearest}"?`,
      });
      continue;
    }
    const misfit = describeMisfit(parameter, value);
    if (misfit !== undefined) diagnostics.push({ ...misfit, file: document.file, span });
  }
  if (diagnostics.length > 0) return { diagnostics };
  const parameters = detection.parameters.map((parameter) =>
    Object.hasOwn(settings.parameters, parameter.name)
      ? { ...parameter, default: settings.parameters[parameter.name] ?? null }
      : parameter,
  );
  return { detection: { ...detection, parameters } };
}

/** The place of a setting: the scenario's own, or that of the defaults. */
function placeOf(
  document: Settings['document'],
  pointer: string,
  ...keys: readonly string[]
): ReturnType<Settings['document']['spanOf']> {
  const places = [pointer, '/defaults'].map((base) => joinPointer(base, ...keys));
  return document.spanOf(places.find((place) => valueAt(document.data, place) !== undefined) ?? pointer);
}
