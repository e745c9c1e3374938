/** C0, DEL and C1 controls but the tab, line separators, and the marks that turn the direction of text. */
const controls = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\t': '\t', '\n': '\\n', '\r': '\\r' };

/**
 * Makes text from files and workspaces safe to print on one line: what a terminal would obey is shown as an escape, so that
 * a display name cannot recolour, overwrite or reorder what we print. Tabs stay.
 */
export function escapeControls(text: string): string {
  return text.replace(controls, (control) => {
    const code = (control.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
    return shortEscapes[control] ?? `\\u${code}`;
  });
}
