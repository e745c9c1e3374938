import { isJsonArray, isJsonObject, type JsonValue } from '../../core/json.ts';
import { shownText } from '../shown-text.ts';
import { templateFunctions, type TemplateScope } from './template-functions.ts';

/** A template that Azure Resource Manager, or this emulator, cannot make sense of. */
export class TemplateError extends Error {}

/**
 * The value of a text in an ARM template: what is in brackets is an expression, unless a second one opens it, which is then
 * taken away. Anything else is itself, whatever it begins with (https://github.com/Azure/bicep/pull/2006).
 *
 * @throws TemplateError if the expression is wrong or calls a function that the emulator does not have
 */
export function evaluateText(text: string, scope: TemplateScope): JsonValue {
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  if (text.startsWith('[[')) return text.slice(1);
  const parser = createParser(text.slice(1, -1), scope);
  const value = parser.expression();
  parser.end();
  return value;
}

interface Parser {
  expression(): JsonValue;
  end(): void;
}

/** Evaluates while it reads: an expression has no side effects, and only `if` would care. */
function createParser(source: string, scope: TemplateScope): Parser {
  let rest = source.trimStart();

  const fail = (what: string): never => {
    throw new TemplateError(`the expression '${source}' is wrong: ${what}`);
  };

  const take = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(rest)?.[0];
    if (match !== undefined) rest = rest.slice(match.length).trimStart();
    return match;
  };

  const literal = (): JsonValue | undefined => {
    const text = take(/^'(?:[^']|'')*'/);
    if (text !== undefined) return text.slice(1, -1).replaceAll("''", "'");
    const number = take(/^-?\d+/);
    return number === undefined ? undefined : Number(number);
  };

  const call = (name: string): JsonValue => {
    if (take(/^\(/) === undefined) return fail(`'(' is expected after '${name}'`);
    const args: JsonValue[] = [];
    while (take(/^\)/) === undefined) {
      if (args.length > 0 && take(/^,/) === undefined) return fail("',' or ')' is expected");
      args.push(expression());
    }
    const apply = templateFunctions.get(name.toLowerCase());
    if (apply === undefined)
      throw new TemplateError(`the template function '${name}' is not known to the emulator`);
    return apply(args, scope);
  };

  const member = (value: JsonValue, key: JsonValue): JsonValue => {
    const name = shownText(key);
    const found = isJsonArray(value) ? value[Number(name)] : isJsonObject(value) ? value[name] : undefined;
    return found ?? fail(`there is no '${name}'`);
  };

  const expression = (): JsonValue => {
    const name = take(/^[A-Za-z_]\w*/);
    let value = name === undefined ? (literal() ?? fail('a value is expected')) : call(name);
    for (;;) {
      if (take(/^\./) !== undefined) {
        value = member(value, take(/^\w+/) ?? fail("a name is expected after '.'"));
      } else if (take(/^\[/) !== undefined) {
        value = member(value, expression());
        if (take(/^\]/) === undefined) fail("']' is expected");
      } else {
        return value;
      }
    }
  };

  return {
    expression,
    end: () => {
      if (rest !== '') fail(`'${rest}' is left over`);
    },
  };
}
