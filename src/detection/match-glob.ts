/**
 * True if a path with forward slashes matches a glob as a whole. `*` stands for any text within one segment, `?` for one
 * character of it, `**` for any number of segments, `{a,b}` for either. Everything else is literal, and case counts.
 */
export function matchGlob(glob: string, path: string): boolean {
  return toRegExp(glob).test(path);
}

const tokens = /\*\*\/|\/\*\*$|\*\*|\*|\?|[{},]|[^*?{},/]+|\//gu;

function toRegExp(glob: string): RegExp {
  const hasGroups = isBalanced(glob);
  let depth = 0;
  const source = (glob.match(tokens) ?? []).map((token, index, all): string => {
    switch (token) {
      case '**/':
        // Only a whole segment may span folders: in `a**/b` the stars stay within one.
        return startsSegment(all[index - 1]) ? '(?:[^/]+/)*' : '[^/]*/';
      case '/**':
        return '/.+';
      case '**':
        return startsSegment(all[index - 1]) && endsSegment(all[index + 1]) ? '.+' : '[^/]*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      case '{':
        if (!hasGroups) return '\\{';
        depth++;
        return '(?:';
      case '}':
        if (!hasGroups) return '\\}';
        depth--;
        return ')';
      case ',':
        return depth > 0 ? '|' : ',';
      default:
        return token.replace(/[\\^$.|+()[\]]/g, String.raw`\$&`);
    }
  });
  return new RegExp(`^${source.join('')}$`, 'u');
}

function startsSegment(previous: string | undefined): boolean {
  return previous === undefined || /[/{,]$/.test(previous);
}

function endsSegment(next: string | undefined): boolean {
  return next === undefined || /^[/},]/.test(next);
}

/** Braces that do not pair up are literal, as in every shell. */
function isBalanced(glob: string): boolean {
  let depth = 0;
  for (const character of glob) {
    if (character === '{') depth++;
    if (character === '}' && --depth < 0) return false;
  }
  return depth === 0;
}
