import { deriveName } from '../../src/plan/derive-name.ts';
import { isGuid } from '../../src/sentinel/names.ts';

test('a derived name is a GUID of version 5, the same each time and whatever the case', () => {
  const name = deriveName('5F1B0C53-6d0f-4d0b-9a4e-0c6a0b8f1a01');
  expect(isGuid(name)).toBe(true);
  expect(name).toMatch(/^.{14}5.{4}[89ab]/);
  expect(deriveName('5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01')).toBe(name);
});

test('names derived one after the other do not repeat', () => {
  const names = [deriveName('r1')];
  for (let i = 0; i < 50; i++) names.push(deriveName(names.at(-1)!));
  expect(new Set(names).size).toBe(51);
});
