import { readAssignments } from './read-assignments.ts';

describe('an environment file', () => {
  test.each([
    ['one line each', 'a=1\nb=x=y\n', { a: '1', b: 'x=y' }],
    ['many lines', 'a<<EOF\none\ntwo=2\nEOF\nb=3\n', { a: 'one\ntwo=2', b: '3' }],
    ['nothing', '', {}],
  ])('is read as GitHub reads it: %s', (_case, text, expected) => {
    expect(readAssignments(text)).toEqual(expected);
  });

  test.each(['a\n', 'a<<EOF\nb\n'])('is refused where it assigns nothing: %j', (text) => {
    expect(() => readAssignments(text)).toThrow();
  });
});
