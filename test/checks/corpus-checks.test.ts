import { runCorpusChecks } from '../../src/checks/run-checks.ts';
import type { Detection } from '../../src/detection/detection.ts';
import {
  buildHunting,
  buildIncidentCreation,
  buildLoaded,
  buildNrt,
  buildScheduled,
  builtSpan,
} from '../support/build-detection.ts';

const [a, b] = ['0d6d4c1e-5a60-4f0c-8f3a-0c5d7b9a1e2f', '9b1c7f52-3f0a-4b87-9a3e-6f1d2c4b5a60'];

/** Finds duplicates among detections that are in files 0.yaml, 1.yaml, …, given in reverse order. */
function findDuplicates(...detections: readonly Detection[]) {
  const all = detections.map((detection, index) => buildLoaded(detection, { file: `${index}.yaml` }));
  return runCorpusChecks(all.reverse());
}

test('an id that is used again is an error in the later file that shows the first', () => {
  expect(
    findDuplicates(buildScheduled({ id: a, name: 'One' }), buildNrt({ id: a.toUpperCase(), name: 'Two' })),
  ).toEqual([
    {
      code: 'duplicate-id',
      severity: 'error',
      message: `id "${a.toUpperCase()}" is already that of 0.yaml`,
      file: '1.yaml',
      span: builtSpan,
      hint: 'give this detection a new GUID',
      related: [{ file: '0.yaml', span: builtSpan, message: 'first used here' }],
    },
  ]);
});

test('every further file is found against the first', () => {
  const names = ['One', 'Two', 'Three'];
  const found = findDuplicates(...names.map((name) => buildScheduled({ id: a, name })));
  expect(found.map(({ file, related }) => [file, related?.[0]?.file])).toEqual([
    ['1.yaml', '0.yaml'],
    ['2.yaml', '0.yaml'],
  ]);
});

test('two hunting queries cannot share an id', () => {
  const found = findDuplicates(buildHunting({ id: a }), buildHunting({ id: a }));
  expect(found.map(({ code, file }) => [code, file])).toEqual([['duplicate-id', '1.yaml']]);
});

test('a hunting query may have the id of a detection that alerts, with a warning', () => {
  const found = findDuplicates(buildHunting({ id: a }), buildScheduled({ id: a }), buildHunting({ id: b }));
  expect(found).toEqual([
    {
      code: 'id-shared-by-kinds',
      severity: 'warning',
      message: `id "${a}" is also that of 1.yaml`,
      file: '0.yaml',
      span: builtSpan,
      hint: 'give the hunting query a new GUID',
      related: [{ file: '1.yaml', span: builtSpan, message: 'used here too' }],
    },
  ]);
});

test('the same name twice is a warning among detections that alert', () => {
  const found = findDuplicates(
    buildScheduled({ id: a, name: 'Rare sign-in' }),
    buildIncidentCreation({ id: b, name: ' rare Sign-in' }),
  );
  expect(found).toEqual([
    {
      code: 'duplicate-name',
      severity: 'warning',
      message: 'name " rare Sign-in" is already that of 0.yaml',
      file: '1.yaml',
      span: builtSpan,
      hint: 'say in the name what is different about this one',
      related: [{ file: '0.yaml', span: builtSpan, message: 'first used here' }],
    },
  ]);
});

test('hunting queries may share a name with anything, and blank names are no duplicates', () => {
  expect(findDuplicates(buildScheduled({ id: a }), buildHunting({ id: b }))).toEqual([]);
  expect(findDuplicates(buildScheduled({ id: a, name: ' ' }), buildNrt({ id: b, name: '' }))).toEqual([]);
});

test('nothing is found in nothing', () => {
  expect(runCorpusChecks([])).toEqual([]);
});
