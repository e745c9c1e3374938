/** @jest-environment ./test/support/kusto-environment.js */
import { createAnalysisMemory } from '../../src/kql/analysis-memory.ts';
import { emptySchema } from '../../src/kql/schemas/workspace-schema.ts';

test('an analysis is given once more, and then let go', () => {
  const analyse = createAnalysisMemory();
  const first = analyse('print a', emptySchema, 'let a = 1;\n');
  expect(analyse('print a', emptySchema, 'let a = 1;\n')).toBe(first);
  expect(analyse('print a', emptySchema, 'let a = 1;\n')).not.toBe(first);
});

test('another prefix, text or schema is another query', () => {
  const analyse = createAnalysisMemory();
  const first = analyse('print a', emptySchema, 'let a = 1;\n');
  expect(analyse('print a', emptySchema, 'let a = 2;\n')).not.toBe(first);
  expect(analyse('let a = 1;\nprint a', emptySchema)).not.toBe(first);
  expect(analyse('print a', { ...emptySchema }, 'let a = 1;\n')).not.toBe(first);
  expect(first.bound.text).toBe('print a');
});
