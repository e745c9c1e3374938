import { splitTechniques } from '../../src/compile/split-techniques.ts';

test.each([
  [[], [], []],
  [['T1078'], ['T1078'], []],
  [['T1021.001'], ['T1021'], ['T1021.001']],
  [['T1021.002', 'T1021.001'], ['T1021'], ['T1021.002', 'T1021.001']],
  [['T1105', 'T1564.004', 'T1027', 'T1105'], ['T1105', 'T1564', 'T1027'], ['T1564.004']],
  [['T1021', 'T1021.001', 'T1021.001'], ['T1021'], ['T1021.001']],
])('%j gives techniques %j and sub-techniques %j', (ids, techniques, subTechniques) => {
  expect(splitTechniques(ids)).toEqual({ techniques, subTechniques });
});
