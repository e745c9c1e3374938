/** The content of an environment file: `name=value` lines, and values of many lines between a word of their own. */
export function readAssignments(text: string): Readonly<Record<string, string>> {
  const assignments: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [, name = '', operator, rest = ''] = /^(.*?)(<<|=)(.*)$/.exec(line) ?? [];
    if (operator === undefined) throw new Error(`"${line}" assigns nothing`);
    if (operator === '=') {
      assignments[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (end === -1) throw new Error(`the value of "${name}" has no end: "${rest}" is missing`);
    assignments[name] = lines.slice(0, end).join('\n');
    lines.splice(0, end + 1);
  }
  return assignments;
}
