import { foldCase } from './semantics.ts';

/** Tests a text for another. */
export type TextTest = (text: string, sought: string) => boolean;

const termCharacter = /[\p{L}\p{N}]/u;

/**
 * `has`: the sought text stands between term boundaries. An edge needs a boundary only where the sought text itself has
 * a letter or digit there; `_` separates terms.
 */
export function hasTerm(text: string, sought: string, edges = { left: true, right: true }): boolean {
  if (sought === '') return true;
  const left = edges.left && isTermCharacter(sought[0]);
  const right = edges.right && isTermCharacter(sought.at(-1));
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    if (left && isTermCharacter(text[at - 1])) continue;
    if (right && isTermCharacter(text[at + sought.length])) continue;
    return true;
  }
  return false;
}

function isTermCharacter(character: string | undefined): boolean {
  if (character === undefined) return false;
  const code = character.charCodeAt(0);
  if (code > 127) return termCharacter.test(character);
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

const tests: Readonly<Record<string, TextTest>> = {
  Contains: (text, sought) => text.includes(sought),
  StartsWith: (text, sought) => text.startsWith(sought),
  EndsWith: (text, sought) => text.endsWith(sought),
  Has: hasTerm,
  HasPrefix: (text, sought) => hasTerm(text, sought, { left: true, right: false }),
  HasSuffix: (text, sought) => hasTerm(text, sought, { left: false, right: true }),
};

/** The test of an operator by the parser's name for its expression, such as `NotContainsCsExpression`. */
export function findTextTest(kind: string): TextTest | undefined {
  const prepared = prepareTextTest(kind);
  return prepared && ((text, sought) => prepared(sought)(text));
}

/** The test for one text in many, with what can be worked out of the sought text beforehand. */
export function prepareTextTest(kind: string): ((sought: string) => (text: string) => boolean) | undefined {
  const match = /^(Not)?(.+?)(Cs)?Expression$/.exec(kind);
  const test = tests[match?.[2] ?? ''];
  if (!match || !test) return undefined;
  const isWanted = match[1] === undefined;
  if (match[3]) return (sought) => (text) => test(text, sought) === isWanted;
  return (sought) => {
    const folded = foldCase(sought);
    return (text) => test(foldCase(text), folded) === isWanted;
  };
}
