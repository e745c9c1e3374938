import { readdirSync, readFileSync } from 'node:fs';
import { renderBehavioursPage } from '../../src/emulator/render-behaviours-page.ts';
import { behaviours, confidences } from '../../src/emulator/behaviours.ts';

test('every behaviour has an area and an id of its own', () => {
  const ids = behaviours.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(behaviours.filter(({ area }) => area === '')).toEqual([]);
  expect(new Set(behaviours.map(({ confidence }) => confidence))).toEqual(new Set(confidences));
});

test('every behaviour in the table is shown by exactly one test, which takes its confidence from the table', () => {
  const folder = import.meta.dirname;
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const tested = sources.flatMap((source) =>
    [...source.matchAll(/^behaviour\('([^']+)'/gm)].map(([, id]) => id),
  );
  expect(tested.toSorted()).toEqual(behaviours.map(({ id }) => id).toSorted());
});

test('the page about them has a line for each, under its area', () => {
  const page = renderBehavioursPage();
  for (const { statement, confidence } of behaviours)
    expect(page).toContain(`| ${statement} | ${confidence} |`);
  expect(page).toContain('\n## Alert rules\n');
  expect(page).not.toContain('undefined');
});
