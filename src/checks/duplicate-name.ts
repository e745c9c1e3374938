import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { CorpusCheck } from './check.ts';
import { quote } from './quote.ts';

/** Detections that alert can be told apart by their names. */
export const duplicateName: CorpusCheck = {
  id: 'duplicate-name',
  severity: 'warning',
  summary: 'No two detections that alert have the same name.',
  rationale:
    'The service takes both, but an analyst who looks at an incident cannot tell which of them raised it.',
  examples: {
    good: [
      'id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f\nname: Sign-in from a blocked country\n---\n' +
        'id: 9b1c7f52-3f0a-4b87-9a3e-6f1d2c4b5a60\nname: Sign-in from a blocked network',
    ],
    bad: [
      'id: 0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f\nname: Sign-in from a blocked country\n---\n' +
        'id: 9b1c7f52-3f0a-4b87-9a3e-6f1d2c4b5a60\nname: Sign-in from a Blocked Country',
    ],
  },
  check(all, report) {
    const first = new Map<string, LoadedDetection>();
    for (const loaded of all) {
      const { name, kind } = loaded.detection;
      const key = name.trim().toLowerCase();
      if (kind === 'Hunting' || key === '') continue;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, loaded);
      } else {
        report(loaded, '/name', `name ${quote(name)} is already that of ${earlier.file}`, {
          hint: 'say in the name what is different about this one',
          related: { loaded: earlier, pointer: '/name', message: 'first used here' },
        });
      }
    }
  },
};
