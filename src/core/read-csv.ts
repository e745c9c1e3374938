/** A row of a CSV text: its values by the names in the first line, and the line that it starts in, from 1. */
export interface CsvRow {
  readonly values: Readonly<Record<string, string>>;
  readonly line: number;
}

/**
 * The rows of a CSV text, by the names in its first line (after the lines to skip). Values may be quoted and then hold
 * commas, line ends and doubled quotes. Empty lines do not count.
 */
export function readCsvRows(text: string, linesToSkip = 0): readonly CsvRow[] {
  const skipped = new RegExp(`^(?:[^\\n]*\\n){0,${linesToSkip}}`).exec(text)?.[0].length ?? 0;
  const firstLine = text.slice(0, skipped).split('\n').length;
  const [head, ...rows] = readFields(text.slice(skipped), firstLine);
  const names = (head?.fields ?? []).map((name) => name.trim());
  return rows.map(({ fields, line }) => ({
    values: Object.fromEntries(names.map((name, column) => [name, fields[column] ?? ''])),
    line,
  }));
}

/** The same rows as plain objects. */
export function readCsv(text: string, linesToSkip = 0): readonly Readonly<Record<string, string>>[] {
  return readCsvRows(text, linesToSkip).map(({ values }) => values);
}

function readFields(
  text: string,
  firstLine: number,
): readonly { readonly fields: readonly string[]; readonly line: number }[] {
  const rows: { fields: string[]; line: number }[] = [];
  let row: string[] = [];
  let line = firstLine;
  let start = line;
  // One value, quoted or plain, and what ends it.
  for (const [match, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    if (match === '' && row.length === 0) continue;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += match.split('\n').length - 1;
    if (end === ',') continue;
    if (row.some((value) => value !== '')) rows.push({ fields: row, line: start });
    row = [];
    start = line;
  }
  return rows;
}
