import type { Diagnostic } from '../core/diagnostic.ts';
import type { BoundSubject } from '../checks/check.ts';
import { isReservedWord } from '../compile/kql-reserved-words.ts';
import { toKqlLiteral } from '../compile/kql-literal.ts';
import type { Parameter, ParameterType } from '../detection/detection.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import type { Analyse } from '../kql/analysis-memory.ts';
import { analyseQuery } from '../kql/bind-query.ts';
import type { KqlDiagnostic } from '../kql/bound-query.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';

/**
 * Parses the query of a detection and binds it to a schema, with the parameters in front of it as the compiler puts them
 * there. undefined for a detection without a query, or with a blank one, of which a check tells.
 */
export function bindDetection(
  { detection }: LoadedDetection,
  schema: WorkspaceSchema,
  analyse: Analyse = analyseQuery,
): BoundSubject | undefined {
  if (detection.kind === 'MicrosoftSecurityIncidentCreation' || detection.query.trim() === '')
    return undefined;
  return { ...analyse(detection.query, schema, toPrefix(detection.parameters, schema)), schema };
}

/** What is wrong with the query itself, at its place in the file. */
export function queryDiagnostics(loaded: LoadedDetection, { bound }: BoundSubject): readonly Diagnostic[] {
  return bound.diagnostics.map((found): Diagnostic => {
    const { code, message, start, length, hint } = found;
    return {
      code,
      severity: severityOf(found),
      message,
      file: loaded.file,
      span: loaded.document.spanWithin('/query', start, start + length),
      ...(hint === undefined ? {} : { hint }),
    };
  });
}

/** A custom log or a function that no schema has may well be in the workspace; any other unknown name is not. */
function severityOf({ code, severity, name = '' }: KqlDiagnostic): Diagnostic['severity'] {
  const mayExist = code === 'kql/unknown-function' || (code === 'kql/unknown-table' && name.endsWith('_CL'));
  return mayExist ? 'warning' : severity;
}

/** A parameter whose value is none of its type is found elsewhere; here it has no value. */
const noValue: Readonly<Record<ParameterType, string>> = {
  string: '""',
  long: 'long(null)',
  real: 'real(null)',
  bool: 'bool(null)',
  datetime: 'datetime(null)',
  timespan: 'timespan(null)',
  dynamic: 'dynamic(null)',
};

/** A parameter that cannot be declared, or that would hide a table or function, is left out: it is found elsewhere too. */
function toPrefix(parameters: readonly Parameter[], schema: WorkspaceSchema): string {
  return parameters
    .filter(({ name }) => !isReservedWord(name) && !schema.tables.has(name) && !schema.functions.has(name))
    .map(({ name, type, default: value }) => {
      const result = toKqlLiteral(type, value);
      return `let ${name} = ${'literal' in result ? result.literal : noValue[type]};\n`;
    })
    .join('');
}
