import type { Diagnostic, SourceSpan } from '../core/diagnostic.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { EffectiveDetection } from './apply-environment.ts';

/**
 * Checks a detection as an environment has it, where that is not as authored: a period may be fine in the YAML and too
 * short for the frequency that an override sets. Gives only what the environment brings about, at the place in
 * kustodian.yaml that set the value (or, if the finding is about another value, the last place that set one).
 *
 * @param check finds everything that is wrong with a detection, at spans that the detection's `spanOf` gave
 */
export function recheckEffective(
  effective: EffectiveDetection,
  check: (loaded: LoadedDetection) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const { loaded, environment, detection, origins } = effective;
  const last = [...origins.values()].at(-1);
  if (last === undefined) return [];
  const authored = new Set(check(loaded).map(identify));
  const pointerOf = new Map<SourceSpan, string>();
  const spanOf: LoadedDetection['spanOf'] = (pointer, part) => {
    const span = loaded.spanOf(pointer, part);
    pointerOf.set(span, pointer);
    return span;
  };
  return check({ file: loaded.file, document: loaded.document, detection, spanOf })
    .filter((diagnostic) => !authored.has(identify(diagnostic)))
    .map((diagnostic) => {
      const { span, message, related = [] } = diagnostic;
      const origin = findOrigin(origins, span && pointerOf.get(span)) ?? last;
      const detectionPlace = { file: loaded.file, message: 'the detection is here' };
      return {
        ...diagnostic,
        message: `${message} (in environment "${environment.name}")`,
        file: origin.file,
        span: origin.span,
        related: [span === undefined ? detectionPlace : { ...detectionPlace, span }, ...related],
      };
    });
}

/** Who set the value at a pointer, a part of it, or what it is a part of. */
function findOrigin<Origin>(
  origins: ReadonlyMap<string, Origin>,
  pointer: string | undefined,
): Origin | undefined {
  if (pointer === undefined) return undefined;
  return [...origins].find(
    ([place]) => place === pointer || place.startsWith(`${pointer}/`) || pointer.startsWith(`${place}/`),
  )?.[1];
}

function identify({ code, message, span }: Diagnostic): string {
  return `${code} ${span?.start.offset ?? ''} ${message}`;
}
