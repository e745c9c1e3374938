import { renderSupportPage } from '../../src/report/render-support-page.ts';

test('lists what runs with how it is written, and what is refused by reason', () => {
  const page = renderSupportPage([
    {
      title: 'Functions',
      entries: [
        { name: 'f', form: 'f(a, b?)', state: 'approximate', note: 'exact here' },
        { name: 'g', form: 'g()', state: 'refused', note: 'not built' },
        { name: 'h', form: 'h()', state: 'refused', note: 'not built' },
      ],
    },
    { title: 'Operators', entries: [{ name: 'x', form: 'x', state: 'exact', note: '' }] },
  ]);
  expect(page).toContain('| [Functions](#functions) | 1 | 2 |');
  expect(page).toContain('| `f(a, b?)` | approximate | exact here |');
  expect(page).toContain('- not built: `g`, `h`');
  expect(page).toContain('## Operators\n\n`x`\n');
});
