import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import { decodeText } from '../detection/decode-text.ts';
import { indexLines } from '../detection/line-index.ts';
import { analyseQuery } from '../kql/bind-query.ts';
import type { StoredFunction, WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';

/** `// parameters: starttime:datetime=datetime(null), pack:bool=false` on the first line of a function's file. */
const parametersLine = /^\/\/\s*parameters:\s*(.*?)\s*(?:\r?\n|$)/;

/**
 * Reads a function of the workspace: `functions/<name>.kql` holds the body, and its first line may be a comment that
 * declares parameters. The file's name is the function's.
 */
export function readStoredFunction(
  file: string,
  bytes: Uint8Array,
): { readonly stored?: StoredFunction; readonly diagnostics: readonly Diagnostic[] } {
  const name = /([^/]+)\.kql$/i.exec(file)?.[1] ?? '';
  const decoded = decodeText(bytes);
  const problem = (code: string, message: string, hint: string): readonly Diagnostic[] => [
    { code, severity: 'error', message, file, hint },
  ];
  if (!('text' in decoded)) return { diagnostics: problem('not-utf8', decoded.message, decoded.hint) };
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    return {
      diagnostics: problem(
        'invalid-name',
        `"${name}" cannot be the name of a function`,
        'name the file like the function: a letter or underscore, then letters, digits and underscores',
      ),
    };
  }
  const parameters = parametersLine.exec(decoded.text)?.[1] ?? '';
  return { stored: { kind: 'stored', name, parameters, body: decoded.text, source: file }, diagnostics: [] };
}

/**
 * What is wrong with the body of a function, at its place: at a call, an error inside it shows nothing. A parameter that is
 * a table has no value here, so a function that takes one is not looked into.
 */
export function checkStoredFunction(
  { source: file, body, parameters }: StoredFunction,
  schema: WorkspaceSchema,
): readonly Diagnostic[] {
  const prefix = declareParameters(parameters);
  if (prefix === undefined) return [];
  const { bound } = analyseQuery(body, schema, prefix);
  const lines = indexLines(body);
  const diagnostics = bound.diagnostics.map(
    ({ code, severity, message, start, length, hint }): Diagnostic => {
      const span = lines.spanOf(start, start + length);
      return { code, severity, message, file, span, ...(hint === undefined ? {} : { hint }) };
    },
  );
  if (bound.result !== undefined || hasErrors(diagnostics)) return diagnostics;
  return [
    ...diagnostics,
    { code: 'no-result', severity: 'error', message: 'the function returns no table', file },
  ];
}

/** The parameters as `let` statements without a value; undefined if one of them is a table. */
function declareParameters(parameters: string): string | undefined {
  if (/:\s*\(/.test(parameters)) return undefined;
  return [...parameters.matchAll(/(?:^|,)\s*([A-Za-z_]\w*)\s*:\s*(\w+)/g)]
    .map(([, name = '', type = '']) => `let ${name} = ${type === 'string' ? '""' : `${type}(null)`};\n`)
    .join('');
}
