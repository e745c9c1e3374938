/**
 * Splits ATT&CK ids the way the alertRules API wants them: `techniques` holds `T####` only (it answers 400 to a dotted
 * one), `subTechniques` the dotted ones. A sub-technique contributes its technique. Both keep their order, without
 * duplicates.
 */
export function splitTechniques(ids: readonly string[]): {
  readonly techniques: readonly string[];
  readonly subTechniques: readonly string[];
} {
  return {
    techniques: [...new Set(ids.map((id) => id.replace(/\..*$/, '')))],
    subTechniques: [...new Set(ids.filter((id) => id.includes('.')))],
  };
}
