/**
 * Appends query operators, a line each, to the last statement of a query. A semicolon at its end stays at the end, and
 * comments below it stay where they are.
 */
export function appendOperators(query: string, operators: readonly string[]): string {
  if (operators.length === 0) return query;
  const before = query.slice(0, endOfStatement(query)).trimEnd();
  return `${before}\n${operators.join('\n')}${query.slice(before.length)}`;
}

/** The tokens of KQL, as far as they can hide a semicolon: comments, every form of string, and single characters. */
const tokens =
  /\/\/[^\n]*|```[\s\S]*?```|~~~[\s\S]*?~~~|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\S/g;

/** The offset of the semicolon that ends the query, or of its very end if there is none. */
function endOfStatement(query: string): number {
  let semicolon: number | undefined;
  for (const { 0: token, index } of query.matchAll(tokens)) {
    if (token === ';') semicolon ??= index;
    else if (!token.startsWith('//')) semicolon = undefined;
  }
  return semicolon ?? query.length;
}
