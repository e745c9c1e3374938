import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { ToolError } from '../../src/core/tool-error.ts';
import { applyBaseline, createBaseline, parseBaseline, renderBaseline } from '../../src/validate/baseline.ts';
import { bytesOf } from '../support/load-text.ts';

function finding(code: string, file: string, message = 'm'): Diagnostic {
  return { code, severity: 'warning', message, file };
}

const some = [finding('b', 'x.yaml'), finding('a', 'y.yaml'), finding('b', 'x.yaml'), finding('a', 'x.yaml')];

test('it is sorted, counts equal findings, and has an entry a line', () => {
  const entries = createBaseline(some);
  expect(entries.map(({ file, code, count }) => [file, code, count])).toEqual([
    ['x.yaml', 'a', 1],
    ['x.yaml', 'b', 2],
    ['y.yaml', 'a', 1],
  ]);
  const lines = renderBaseline(entries).split('\n');
  expect(lines.filter((line) => line.includes('"fingerprint"'))).toHaveLength(3);
});

test.each([[some], [[]]])('what was written is read again', (found) => {
  const entries = createBaseline(found);
  expect(parseBaseline('b.json', bytesOf(renderBaseline(entries)))).toEqual({ file: 'b.json', entries });
});

test('the order of findings does not matter', () => {
  expect(renderBaseline(createBaseline([...some].reverse()))).toBe(renderBaseline(createBaseline(some)));
});

test('a baseline of everything leaves nothing', () => {
  const { remaining, known, stale } = applyBaseline(some, createBaseline(some));
  expect({ remaining, known: known.length, stale }).toEqual({ remaining: [], known: 4, stale: [] });
});

test('entries that a merge has doubled are added up', () => {
  const [entry] = createBaseline([finding('a', 'x.yaml')]);
  const entries = [entry!, entry!];
  expect(applyBaseline([finding('a', 'x.yaml')], entries)).toMatchObject({
    remaining: [],
    stale: [{ count: 1 }],
  });
});

test.each([
  '',
  'null',
  '[]',
  '{}',
  '{"formatVersion":1}',
  '{"formatVersion":2,"findings":[]}',
  '{"formatVersion":1,"findings":[{}]}',
  '{"formatVersion":1,"findings":[{"file":"a","code":"b","fingerprint":"c","count":"1"}]}',
  '{"formatVersion":1,"findings":[null]}',
  '<<<<<<< HEAD',
])('anything else is refused with a remedy: %j', (text) => {
  const read = () => parseBaseline('b.json', bytesOf(text));
  expect(read).toThrow(ToolError);
  expect(read).toThrow('"b.json" is no baseline that this version can read');
});
