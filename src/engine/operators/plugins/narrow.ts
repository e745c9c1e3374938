import type { EngineColumn, Table } from '../../scope.ts';
import { valueToText } from '../../value-text.ts';

const columns: readonly EngineColumn[] = [
  { name: 'Row', type: 'long' },
  { name: 'Column', type: 'string' },
  { name: 'Value', type: 'string' },
];

/** `narrow()`: a row for each value. https://learn.microsoft.com/kusto/query/narrow-plugin */
export function narrow(input: Table): Table {
  return {
    columns,
    rows: (run) =>
      input
        .rows(run)
        .flatMap((row, index) =>
          input.columns.map(({ name }, at) => [BigInt(index), name, valueToText(row[at] ?? null)]),
        ),
  };
}
