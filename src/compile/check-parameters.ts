import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { JsonValue } from '../core/json.ts';
import type { Detection, Parameter } from '../detection/detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { toKqlLiteral } from './kql-literal.ts';
import { isReservedWord } from './kql-reserved-words.ts';

/** The canonical pointer of a parameter's default value. */
export function parameterPointer(name: string): string {
  return joinPointer('/parameters', name, 'default');
}

/** The parameters of a detection; a kind without a query has none. */
export function parametersOf(detection: Detection): readonly Parameter[] {
  return detection.kind === 'MicrosoftSecurityIncidentCreation' ? [] : detection.parameters;
}

/** Finds parameters that KQL cannot name and defaults that are not of their type: all errors, for no `let` could be made. */
export function checkParameters(loaded: LoadedDetection): readonly Diagnostic[] {
  const { file } = loaded;
  return parametersOf(loaded.detection).flatMap((parameter) => {
    const pointer = joinPointer('/parameters', parameter.name);
    const misfit = describeMisfit(parameter, parameter.default);
    const found: Diagnostic[] = [];
    if (isReservedWord(parameter.name)) {
      found.push({
        code: 'parameter-name-reserved',
        severity: 'error',
        message: `"${parameter.name}" is a word of KQL and cannot name a parameter`,
        file,
        span: loaded.spanOf(pointer, 'key'),
        hint: `choose another name, such as "${parameter.name}Value"`,
      });
    }
    if (misfit !== undefined) {
      found.push({ ...misfit, file, span: loaded.spanOf(parameterPointer(parameter.name)) });
    }
    return found;
  });
}

/** What is wrong with a value for a parameter, to be completed with its place; undefined if it fits. */
export function describeMisfit(
  { name, type }: Parameter,
  value: JsonValue,
): Omit<Diagnostic, 'file' | 'span'> | undefined {
  const result = toKqlLiteral(type, value);
  if ('literal' in result) return undefined;
  return {
    code: 'parameter-type',
    severity: 'error',
    message: `${describeValue(value)} is no ${type}, the type of parameter "${name}"`,
    hint: result.problem,
  };
}

function describeValue(value: JsonValue): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
