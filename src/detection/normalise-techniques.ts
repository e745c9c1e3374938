import type { AuthoredDetection } from './authored-detection.ts';
import { placeItems, type Placed } from './placed.ts';

/** All techniques and sub-techniques, whatever keys they stand under, in order and without duplicates; ids in upper case. */
export function normaliseTechniques({
  relevantTechniques,
  techniques,
  subTechniques,
}: AuthoredDetection): readonly Placed<string>[] {
  const byId = new Map<string, Placed<string>>();
  const authored = [
    ...placeItems(relevantTechniques, '/relevantTechniques'),
    ...placeItems(techniques, '/techniques'),
    ...placeItems(subTechniques, '/subTechniques'),
  ];
  for (const { value, pointer } of authored) {
    const id = value.trim().replace(/^t(?=\d)/, 'T');
    if (!byId.has(id)) byId.set(id, { value: id, pointer });
  }
  return [...byId.values()];
}
