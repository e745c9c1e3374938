import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { CorpusCheck } from './check.ts';
import { quote } from './quote.ts';

/** A hunting query does not share its id with a detection that alerts. */
export const idSharedByKinds: CorpusCheck = {
  id: 'id-shared-by-kinds',
  severity: 'warning',
  summary: 'A hunting query has an id of its own, not that of a detection that alerts.',
  rationale:
    'The two are different resources, so both can be deployed, but wherever an id picks a detection it picks both.',
  examples: {
    good: [
      'id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f\n---\n# hunting query\nid: 9b1c7f52-3f0a-4b87-9a3e-6f1d2c4b5a60',
    ],
    bad: [
      'id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f\n---\n# hunting query\nid: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f',
    ],
  },
  check(all, report) {
    const alerting = new Map<string, LoadedDetection>();
    for (const loaded of all) {
      const id = loaded.detection.id.toLowerCase();
      if (loaded.detection.kind !== 'Hunting' && !alerting.has(id)) alerting.set(id, loaded);
    }
    for (const loaded of all) {
      const other = alerting.get(loaded.detection.id.toLowerCase());
      if (loaded.detection.kind !== 'Hunting' || other === undefined) continue;
      report(loaded, '/id', `id ${quote(loaded.detection.id)} is also that of ${other.file}`, {
        hint: 'give the hunting query a new GUID',
        related: { loaded: other, pointer: '/id', message: 'used here too' },
      });
    }
  },
};
