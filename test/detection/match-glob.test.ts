import { matchGlob } from '../../src/detection/match-glob.ts';

test.each([
  ['detections/execution/a.yaml', 'detections/execution/a.yaml'],
  ['detections/*/a.yaml', 'detections/execution/a.yaml'],
  ['detections/**', 'detections/a.yaml'],
  ['detections/**', 'detections/execution/deep/a.yaml'],
  ['**', 'a.yaml'],
  ['**', 'detections/execution/a.yaml'],
  ['**/a.yaml', 'a.yaml'],
  ['**/a.yaml', 'detections/execution/a.yaml'],
  ['detections/**/a.yaml', 'detections/a.yaml'],
  ['detections/**/a.yaml', 'detections/x/y/a.yaml'],
  ['detections/**/rmm-*.yaml', 'detections/x/rmm-1.yaml'],
  ['rmm-?.yaml', 'rmm-1.yaml'],
  ['?.yaml', '😀.yaml'],
  ['detections/{execution,impact}/*', 'detections/impact/a.yaml'],
  ['{a,b/{c,d}}/x', 'b/d/x'],
  ['{detections/**,content/**}', 'content/x/a.yaml'],
  ['a.{yaml,yml}', 'a.yml'],
  ['a{,-old}.yaml', 'a.yaml'],
  ['a{,-old}.yaml', 'a-old.yaml'],
  ['C++ (old) [1].yaml', 'C++ (old) [1].yaml'],
  ['a{b.yaml', 'a{b.yaml'],
  ['a}b{.yaml', 'a}b{.yaml'],
  ['a,b.yaml', 'a,b.yaml'],
  ['a**.yaml', 'abc.yaml'],
])('"%s" matches "%s"', (glob, path) => {
  expect(matchGlob(glob, path)).toBe(true);
});

test.each([
  ['detections/*', 'detections/execution/a.yaml'],
  ['detections/**', 'detections'],
  ['detections/**', 'detections-old/a.yaml'],
  ['*.yaml', 'detections/a.yaml'],
  ['a.yaml', 'detections/a.yaml'],
  ['a?b', 'a/b'],
  ['a.yaml', 'axyaml'],
  ['**/a.yaml', 'xa.yaml'],
  ['a**/b', 'a/x/b'],
  ['a**b', 'a/b'],
  ['{a,b}', 'a,b'],
  ['Detections/**', 'detections/a.yaml'],
  ['', 'a.yaml'],
  ['a', 'a\n'],
])('"%s" does not match "%s"', (glob, path) => {
  expect(matchGlob(glob, path)).toBe(false);
});
