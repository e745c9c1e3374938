import { Option, type Command } from 'commander';
import { ToolError } from '../core/tool-error.ts';

/** What commander parsed; read through the functions below, which narrow it once. */
export type Options = Readonly<Record<string, unknown>>;

/** The text of an option, or undefined where it was not given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** True if a flag was given. */
export function flagOption(options: Options, name: string): boolean {
  return options[name] === true;
}

/**
 * The whole number of an option, or undefined where it was not given.
 *
 * @throws ToolError `usage` for what is no whole number within the bounds
 */
export function numberOption(
  options: Options,
  name: string,
  { from = 0, to = Number.MAX_SAFE_INTEGER } = {},
): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= from && value <= to) return value;
  const upTo = to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`;
  throw new ToolError('usage', `"${text}" is no value of --${flagOf(name)}`, {
    hint: `give a whole number from ${from}${upTo}`,
  });
}

/**
 * The share of an option, from 0 to 1, or undefined where it was not given.
 *
 * @throws ToolError `usage` for anything else
 */
export function shareOption(options: Options, name: string): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value <= 1) return value;
  throw new ToolError('usage', `"${text}" is no value of --${flagOf(name)}`, {
    hint: 'give a number from 0 to 1, such as 0.9',
  });
}

/** An option as it is typed, without its dashes: `min-score` of `minScore`. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The choice that was made; commander has refused any other, and given the default where there was none. */
export function choiceOption<Choice extends string>(
  options: Options,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = options[name];
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new TypeError(`option "${name}" was not declared with its choices`);
  return choice;
}

/** Declares `--format`, with the first of the formats as default. */
export function addFormatOption(command: Command, formats: readonly string[]): void {
  command.addOption(
    new Option('-f, --format <format>', 'how to print the result').choices(formats).default(formats[0]),
  );
}
