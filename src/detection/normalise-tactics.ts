import { nearestName } from '../core/nearest-name.ts';
import { tactics as knownTactics, type Tactic } from '../sentinel/vocabulary.ts';
import { describePointer, quoteValue } from './describe-value.ts';
import type { Finding } from './finding.ts';
import { placeItems, type Placed } from './placed.ts';

const byPlainName = new Map(knownTactics.map((tactic) => [plainName(tactic), tactic]));

/**
 * Reads `tactics` in any spelling: "Command and Control" is CommandAndControl. What is no tactic is an error in a detection
 * that alerts; a hunting query may hold free text there, which is left out with a warning. Anything but text is left to the
 * schema.
 */
export function normaliseTactics(
  authored: unknown,
  isHunting: boolean,
): { readonly tactics: readonly Placed<Tactic>[]; readonly findings: readonly Finding[] } {
  const tactics = new Map<Tactic, Placed<Tactic>>();
  const findings: Finding[] = [];
  for (const { value, pointer } of placeItems(authored, '/tactics')) {
    if (typeof value !== 'string') continue;
    const tactic = byPlainName.get(plainName(value));
    if (tactic === undefined) findings.push(explainUnknown(value, pointer, isHunting));
    else if (!tactics.has(tactic)) tactics.set(tactic, { value: tactic, pointer });
  }
  return { tactics: [...tactics.values()], findings };
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function explainUnknown(value: string, pointer: string, isHunting: boolean): Finding {
  const meant = nearestName(plainName(value), knownTactics);
  const choice = isHunting ? 'free text can stand under tags' : `use ${knownTactics.join(', ')}`;
  return {
    code: 'unknown-tactic',
    severity: isHunting ? 'warning' : 'error',
    message: `${describePointer(pointer)} ${quoteValue(value)} is no ATT&CK tactic${isHunting ? ': it is left out' : ''}`,
    hint: meant === undefined ? choice : `did you mean "${meant}"?`,
    pointer,
    part: 'value',
  };
}
