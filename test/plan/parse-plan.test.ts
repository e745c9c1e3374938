import { parsePlan } from '../../src/plan/parse-plan.ts';
import { renderPlanJson } from '../../src/report/render-plan-json.ts';
import { allChanges, buildPlan } from '../support/build-plan.ts';

const plan = buildPlan(Object.values(allChanges));

test('a plan is read as it was saved', () => {
  expect(parsePlan(renderPlanJson(plan), 'plan.json')).toEqual(plan);
});

test.each<[string, unknown, RegExp]>([
  [
    'of another version',
    { ...plan, formatVersion: 1 },
    /its format is version 1, and this Kustodian .* version 2/,
  ],
  ['without a version', { ...plan, formatVersion: undefined }, /'formatVersion'/],
  ['without an environment', { ...plan, environment: undefined }, /'environment'/],
  ['with a key too many', { ...plan, extra: 1 }, /"extra"/],
  [
    'with an unknown action',
    buildPlan([{ ...allChanges.noOp, action: 'drop' as 'no-op' }]),
    /"\/changes\/0\/action"/,
  ],
  ['with an update without a body', withoutKey('update', 'body'), /'body'/],
  ['with a replace that replaces nothing', withoutKey('replace', 'replaces'), /'replaces'/],
  ['with a delete without a basis', withoutKey('delete', 'basis'), /'basis'/],
  ['that is a list', [], /must be object/],
])('a plan %s is refused', (_, data, message) => {
  expect(() => parsePlan(JSON.stringify(data), 'plan.json')).toThrow(message);
  expect(() => parsePlan(JSON.stringify(data), 'plan.json')).toThrow(/^"plan.json" is no saved plan/);
});

test('what is not JSON is refused', () => {
  expect(() => parsePlan('{"formatVersion":1,', 'plan.json')).toThrow('it is not JSON');
});

function withoutKey(change: 'update' | 'replace' | 'delete', key: string): unknown {
  return { ...plan, changes: [{ ...allChanges[change], [key]: undefined }] };
}
