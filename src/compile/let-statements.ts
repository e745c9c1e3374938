import type { Parameter } from '../detection/detection.ts';
import { toKqlLiteral } from './kql-literal.ts';

/**
 * The parameters as `let` statements, a line each, to stand in front of a query. Their values must be of their types
 * (see checkParameters).
 */
export function toLetStatements(parameters: readonly Parameter[]): string {
  return parameters
    .map(({ name, type, default: value }) => {
      const result = toKqlLiteral(type, value);
      if ('problem' in result) throw new TypeError(`parameter "${name}" was not checked: ${result.problem}`);
      return `let ${name} = ${result.literal};\n`;
    })
    .join('');
}
