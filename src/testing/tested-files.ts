import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { namedFiles, testsFileOf, type LoadedBenign, type LoadedTests } from './load-tests.ts';

/** Every file that the tests of a detection depend on, but for what concerns all detections. */
export function testedFiles(
  { file }: LoadedDetection,
  tests: LoadedTests | undefined,
  benign: readonly LoadedBenign[],
): readonly string[] {
  return [
    file,
    testsFileOf(file),
    ...(tests === undefined ? [] : namedFiles(tests)),
    ...benign.flatMap((each) => [each.file, ...namedFiles(each)]),
  ];
}
