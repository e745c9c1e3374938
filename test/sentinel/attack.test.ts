import data from '../../src/sentinel/data/attack-techniques.json' with { type: 'json' };
import {
  findTechnique,
  fitsTactics,
  hasSubTechniques,
  isSubTechniqueId,
  isTechniqueId,
  mayBeNewerThanData,
  parentTechniqueId,
} from '../../src/sentinel/attack.ts';
import { tactics } from '../../src/sentinel/vocabulary.ts';

const ids = Object.keys(data.techniques);

test.each([
  ['T1059', true],
  ['T1059.001', true],
  ['T0800', true],
  ['t1059', false],
  ['T105', false],
  ['T10590', false],
  ['T1059.1', false],
  ['T1059.', false],
  [' T1059', false],
  ['T1059\n', false],
  ['', false],
  ['PowerShell', false],
])('%j is a technique id: %s', (text, expected) => {
  expect(isTechniqueId(text)).toBe(expected);
});

test('a technique has its name and its tactics', () => {
  expect(findTechnique('T1078')).toEqual({
    id: 'T1078',
    name: 'Valid Accounts',
    tactics: ['DefenseEvasion', 'InitialAccess', 'Persistence', 'PrivilegeEscalation'],
  });
});

test('a sub-technique has its own name and the tactics of its parent', () => {
  expect(findTechnique('T1059.001')).toEqual({
    id: 'T1059.001',
    name: 'PowerShell',
    tactics: ['Execution'],
  });
});

test('ICS and mobile techniques are known', () => {
  expect(findTechnique('T0843')).toEqual({
    id: 'T0843',
    name: 'Program Download',
    tactics: ['LateralMovement'],
  });
  expect(findTechnique('T1660')).toEqual({ id: 'T1660', name: 'Phishing', tactics: ['InitialAccess'] });
});

test('a technique whose tactics the data does not say has none', () => {
  expect(findTechnique('T1676')?.tactics).toEqual([]);
});

test('a revoked id names what took its place', () => {
  expect(findTechnique('T1086')).toEqual({ id: 'T1086', name: '', tactics: [], replacedBy: 'T1059.001' });
});

test('a revoked id that was replaced twice names the last replacement', () => {
  expect(findTechnique('T1150')?.replacedBy).toBe('T1647');
});

test('a revoked id that older content still uses keeps its name', () => {
  expect(findTechnique('T1574.002')).toMatchObject({ name: 'DLL Side-Loading', replacedBy: 'T1574.001' });
});

test.each(['T1999', 'T1059.099', 'toString', '__proto__', ''])('%j is no known technique', (id) => {
  expect(findTechnique(id)).toBeUndefined();
});

test.each([
  ['T1059', 'T1059', false],
  ['T1059.001', 'T1059', true],
])('the parent of %s is %s', (id, parent, isSub) => {
  expect(parentTechniqueId(id)).toBe(parent);
  expect(isSubTechniqueId(id)).toBe(isSub);
});

test.each([
  ['T1059', true],
  ['T1574', true],
  ['T1105', false],
  ['T0843', false],
])('the data has sub-techniques of %s: %s', (id, expected) => {
  expect(hasSubTechniques(id)).toBe(expected);
});

test.each([
  ['T1681', false],
  ['T1682', true],
  ['T1781', true],
  ['T1782', false],
  ['T9999', false],
  ['T1235', false],
  ['T0895', false],
  ['T0896', true],
  ['T0999', false],
])('%s may be newer than the data: %s', (id, expected) => {
  expect(mayBeNewerThanData(id)).toBe(expected);
});

test('PreAttack covers the tactics that ATT&CK made of it, and no others', () => {
  expect(fitsTactics(['ResourceDevelopment'], ['PreAttack'])).toBe(true);
  expect(fitsTactics(['Reconnaissance'], ['PreAttack'])).toBe(true);
  expect(fitsTactics(['Execution'], ['PreAttack'])).toBe(false);
  expect(fitsTactics(['Persistence', 'Execution'], ['Execution'])).toBe(true);
  expect(fitsTactics(['Persistence'], [])).toBe(false);
});

describe('the technique data', () => {
  test('has well-formed ids, each with a name', () => {
    expect(ids.filter((id) => !isTechniqueId(id))).toEqual([]);
    expect(ids.filter((id) => findTechnique(id)?.name === '')).toEqual([]);
  });

  test('has no tactic that the API lacks', () => {
    const known: readonly string[] = tactics;
    const used = new Set(ids.flatMap((id) => findTechnique(id)?.tactics ?? []));
    expect([...used].filter((tactic) => !known.includes(tactic))).toEqual([]);
  });

  test('has the parent of every sub-technique', () => {
    expect(ids.filter((id) => findTechnique(parentTechniqueId(id)) === undefined)).toEqual([]);
  });

  test('replaces only by ids that exist and are not revoked themselves', () => {
    const last = Object.keys(data.replacedBy).map((id) => findTechnique(id)?.replacedBy ?? '');
    expect(last.filter((id) => findTechnique(id) === undefined)).toEqual([]);
    expect(last.filter((id) => findTechnique(id)?.replacedBy !== undefined)).toEqual([]);
  });
});
