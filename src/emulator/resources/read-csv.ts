/**
 * The rows of a CSV text as objects, by the names in its first line (after the lines to skip). Values may be quoted and
 * then hold commas, line ends and doubled quotes. Empty lines do not count.
 */
export function readCsv(text: string, linesToSkip = 0): readonly Readonly<Record<string, string>>[] {
  const skipped = new RegExp(`^(?:[^\\n]*\\n){0,${linesToSkip}}`).exec(text)?.[0].length ?? 0;
  const [names = [], ...rows] = readRows(text.slice(skipped));
  return rows.map((row) => Object.fromEntries(names.map((name, column) => [name.trim(), row[column] ?? ''])));
}

function readRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  // One value, quoted or plain, and what ends it.
  for (const [match, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    if (match === '' && row.length === 0) continue;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
