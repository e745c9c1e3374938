/**
 * The arguments of a command line by the rules of Windows' `CommandLineToArgvW`: the first ends at white space or, if it starts
 * with a quote, at the next one; in the others backslashes are special ahead of a quote only, and a third quote in a row stands for
 * itself. https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw
 */
export function parseWindowsCommandLine(line: string): readonly string[] {
  if (line === '') return [];
  const first = /^(?:"([^"]*)"?|([^ \t]*))/.exec(line);
  const rest = line.slice(first?.[0].length ?? 0);
  return [first?.[1] ?? first?.[2] ?? '', ...splitArguments(rest)];
}

function splitArguments(text: string): readonly string[] {
  const args: string[] = [];
  let argument: string | undefined;
  let quotes = 0;
  for (const [token] of text.matchAll(/\\*"+|\\+|[ \t]+|[^\\" \t]+/g)) {
    const isSpace = token.startsWith(' ') || token.startsWith('\t');
    if (isSpace && quotes === 0) {
      if (argument !== undefined) args.push(argument);
      argument = undefined;
      continue;
    }
    argument ??= '';
    if (!token.endsWith('"')) argument += token;
    else [argument, quotes] = addQuotes(argument, quotes, token);
  }
  if (argument !== undefined) args.push(argument);
  return args;
}

/** Adds backslashes and the quotes after them; gives the argument and how many quotes are open. */
function addQuotes(argument: string, open: number, token: string): [string, number] {
  const slashes = token.indexOf('"');
  let text = argument + '\\'.repeat(Math.floor(slashes / 2));
  let left = token.length - slashes;
  let quotes = open;
  if (slashes % 2 === 1) {
    text += '"';
    left--;
  }
  for (; left > 0; left--) {
    quotes++;
    if (quotes < 3) continue;
    text += '"';
    quotes = 0;
  }
  return [text, quotes === 2 ? 0 : quotes];
}
