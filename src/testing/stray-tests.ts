import type { Diagnostic } from '../core/diagnostic.ts';
import { nearestName } from '../core/nearest-name.ts';
import { detectionFileOf, isTestsFile } from './load-tests.ts';

/**
 * The finding that a tests file belongs to no detection.
 *
 * @param files what the detection may be called instead
 */
export function describeStrayTests(testsFile: string, files: readonly string[]): Diagnostic {
  const wanted = detectionFileOf(testsFile);
  const nearest = nearestName(
    wanted,
    files.filter((file) => !isTestsFile(file)),
  );
  return {
    code: 'tests-without-detection',
    severity: 'error',
    message: `there is no detection "${wanted}" for these tests`,
    file: testsFile,
    hint:
      nearest === undefined
        ? 'put the file beside its detection, and name it like it; or delete it with the detection'
        : `did you mean "${nearest}"?`,
  };
}
