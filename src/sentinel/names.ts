/**
 * .NET's `\w`, which takes letters and digits of every script, and its `$`, which also matches before a final line feed:
 * the service's own patterns are .NET's, so the same names must pass here.
 */
const wordsToEnd = String.raw`[\p{L}\p{Mn}\p{Nd}\p{Pc}]*\n?$`;
const columnName = new RegExp(`^[a-zA-Z_]${wordsToEnd}`, 'u');
const customDetailKey = new RegExp(`^[a-zA-Z]${wordsToEnd}`, 'u');

/** True if an entity mapping or a custom detail can name this column. Source: the models of Microsoft's own CI. */
export function isColumnName(text: string): boolean {
  return columnName.test(text);
}

/** True if a custom detail can have this key. Source: the models of Microsoft's own CI. */
export function isCustomDetailKey(text: string): boolean {
  return customDetailKey.test(text);
}

/** True for a GUID in its usual form with four hyphens, in either case. */
export function isGuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/** Longest name of an ARM resource. Source: general knowledge of Azure Resource Manager. */
export const resourceNameLength = 260;

/**
 * True if the text can be the last segment of an ARM resource id: not empty, none of the characters that ARM refuses in a
 * path, no full stop or blank at its end. An alert rule's name need not be a GUID (recorded: `AlertRules-1124`).
 */
export function isResourceName(text: string): boolean {
  // eslint's no-control-regex is why the control characters are tested by category.
  return text.length <= resourceNameLength && /^[^<>%&\\?/#*:\p{Cc}]*[^<>%&\\?/#*:\p{Cc}\s.]$/u.test(text);
}
