/** How a function or an aggregate may be called. */
export interface Signature {
  readonly name: string;
  /** `substring(source, start, length?)`: what ends in `?` may be left out, what ends in `...` may be repeated. */
  readonly text: string;
  /** The least and the greatest number of arguments. */
  readonly least: number;
  readonly most: number;
}

/** Reads a signature such as `strcat(value...)` or `has_any(source, list...?)`. */
export function readSignature(text: string): Signature {
  const match = /^(\w+)\((.*)\)$/.exec(text);
  if (!match) throw new Error(`"${text}" is no signature`);
  const [, name = '', list = ''] = match;
  const parameters = list === '' ? [] : list.split(', ');
  return {
    name,
    text,
    least: parameters.filter((parameter) => !parameter.endsWith('?')).length,
    most: parameters.some((parameter) => /\.\.\.\??$/.test(parameter)) ? Infinity : parameters.length,
  };
}
