import { isConfigurable, type CodeInfo } from '../core/code-info.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { CheckLevel, Config } from '../detection/config.ts';

type Fault = Pick<Diagnostic, 'code' | 'message' | 'hint'>;

/** Finds severities in kustodian.yaml for codes that do not exist, or whose findings are errors whatever anybody says. */
export function checkLevels(
  { checks, source }: Pick<Config, 'checks' | 'source'>,
  codes: ReadonlyMap<string, CodeInfo>,
): readonly Diagnostic[] {
  return [...checks].flatMap(([code, level]): readonly Diagnostic[] => {
    const fault = findFault(code, level, codes);
    if (fault === undefined) return [];
    const span = source.spanOf(joinPointer('/checks', code), 'key');
    return [{ ...fault, severity: 'error', file: source.file, span }];
  });
}

function findFault(code: string, level: CheckLevel, codes: ReadonlyMap<string, CodeInfo>): Fault | undefined {
  const info = codes.get(code);
  if (info === undefined) {
    const nearest = nearestName(code, codes.keys());
    return {
      code: 'unknown-code',
      message: `there is no code "${code}"`,
      hint: nearest === undefined ? 'kustodian explain lists the codes' : `did you mean "${nearest}"?`,
    };
  }
  if (level === 'error' || isConfigurable(info)) return undefined;
  return {
    code: 'code-not-configurable',
    message: `"${code}" is always an error, since the service would refuse what it finds, or meaning would be lost`,
    hint: `remove it from checks; kustodian explain ${code} says why`,
  };
}
