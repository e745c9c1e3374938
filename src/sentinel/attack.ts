import data from './data/attack-techniques.json' with { type: 'json' };
import type { Tactic } from './vocabulary.ts';

/** A technique or sub-technique of MITRE ATT&CK (enterprise, mobile or ICS). */
export interface Technique {
  /** `T1059` or `T1059.001`. */
  readonly id: string;
  /** ATT&CK's own name; empty for a revoked id. */
  readonly name: string;
  /** The tactics that it serves, in Sentinel's spelling; empty if the data does not say. */
  readonly tactics: readonly Tactic[];
  /** The id to use instead, if ATT&CK has revoked this one. */
  readonly replacedBy?: string;
}

/** The release of ATT&CK that the technique data follows. */
export const attackVersion = data.version;

const techniques: Readonly<Record<string, string>> = data.techniques;
const replacements: Readonly<Record<string, string>> = data.replacedBy;
/** ICS techniques are T0800 and up, enterprise and mobile ones T1001 and up. */
const firstEnterpriseNumber = 1_000;
const techniqueNumbers = Object.keys(techniques).map(numberOf);
const newestNumber = {
  ics: Math.max(...techniqueNumbers.filter((number) => number < firstEnterpriseNumber)),
  enterprise: Math.max(...techniqueNumbers),
};
const techniqueFormat = /^T\d{4}(?:\.\d{3})?$/;

/** True for `T` and four digits, with or without a dot and three more. */
export function isTechniqueId(text: string): boolean {
  return techniqueFormat.test(text);
}

/** True for the id of a sub-technique, `T1059.001`. */
export function isSubTechniqueId(id: string): boolean {
  return id.includes('.');
}

/** The technique that a sub-technique belongs to; the id itself if it is none. */
export function parentTechniqueId(id: string): string {
  return id.split('.', 1)[0] ?? id;
}

/** Looks a technique up by its exact id; undefined if ATT&CK, as far as the data knows it, has none such. */
export function findTechnique(id: string): Technique | undefined {
  const replacedBy = finalReplacement(id);
  if (!Object.hasOwn(techniques, id)) {
    return replacedBy === undefined ? undefined : { id, name: '', tactics: [], replacedBy };
  }
  const found = { id, name: fieldsOf(id)[0], tactics: tacticsOf(id) };
  return replacedBy === undefined ? found : { ...found, replacedBy };
}

/** True if the data names sub-techniques of the technique; it does not for mobile and ICS. */
export function hasSubTechniques(parentId: string): boolean {
  return Object.hasOwn(techniques, `${parentId}.001`) || Object.hasOwn(techniques, `${parentId}.002`);
}

/**
 * True if a technique's id is so little above the highest in the data that a later release of ATT&CK may have it: ids
 * are given in order, about fifteen a release.
 */
export function mayBeNewerThanData(id: string): boolean {
  const number = numberOf(id);
  const newest = newestNumber[number < firstEnterpriseNumber ? 'ics' : 'enterprise'];
  return number > newest && number <= newest + 100;
}

/**
 * True if a technique that serves `techniqueTactics` fits a list of tactics. `PreAttack` stands for the two tactics that
 * ATT&CK made of it in 2020.
 */
export function fitsTactics(techniqueTactics: readonly Tactic[], listed: readonly Tactic[]): boolean {
  return techniqueTactics.some(
    (tactic) =>
      listed.includes(tactic) ||
      ((tactic === 'Reconnaissance' || tactic === 'ResourceDevelopment') && listed.includes('PreAttack')),
  );
}

function numberOf(id: string): number {
  return Number(id.slice(1, 5));
}

/** ATT&CK replaces a replacement now and then: T1150 became T1547.011, and that T1647. */
function finalReplacement(id: string): string | undefined {
  let last = Object.hasOwn(replacements, id) ? replacements[id] : undefined;
  while (last !== undefined && Object.hasOwn(replacements, last)) last = replacements[last];
  return last;
}

/** A line is `name | tactic tactic`; a sub-technique's line has no tactics, it has its parent's. */
function fieldsOf(id: string): readonly [name: string, tactics: string] {
  const [name = '', tactics = ''] = (techniques[id] ?? '').split(' |');
  return [name, tactics.trim()];
}

function tacticsOf(id: string): readonly Tactic[] {
  const tactics = fieldsOf(parentTechniqueId(id))[1];
  return tactics === '' ? [] : (tactics.split(' ') as Tactic[]);
}
