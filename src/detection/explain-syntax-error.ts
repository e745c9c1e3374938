import type { YAMLException } from 'js-yaml';
import type { TextProblem } from './text-problem.ts';

interface Explanation {
  readonly message: string;
  readonly hint: string;
}

const closeIt = 'close it, or indent the lines that continue it';
const unclosedQuote: Explanation = { message: 'a quoted text is not closed', hint: closeIt };

/** What the parser's reasons mean to the author. A reason that is not here is passed on as it is. */
const explanations: Readonly<Record<string, Explanation>> = {
  'tab characters must not be used in indentation': {
    message: 'a tab in the indentation',
    hint: 'indent with spaces',
  },
  'deficient indentation': {
    message: 'a quote or bracket that was opened above is not closed',
    hint: closeIt,
  },
  'unexpected end of the stream within a single quoted scalar': unclosedQuote,
  'unexpected end of the stream within a double quoted scalar': unclosedQuote,
  'unexpected end of the document within a single quoted scalar': unclosedQuote,
  'unexpected end of the document within a double quoted scalar': unclosedQuote,
  'unexpected end of the stream within a flow collection': {
    message: 'a bracket, [ or {, is not closed',
    hint: closeIt,
  },
  'unknown escape sequence': {
    message: 'a backslash in double quotes that starts no escape',
    hint: 'double the backslash, or use single quotes or a block (|)',
  },
  'a line break is expected': {
    message: 'text on the line that starts a block',
    hint: 'start the text of the block on the next line',
  },
  'null byte is not allowed in input': {
    message: 'a NUL character',
    hint: 'the file may be binary or UTF-16; save it as UTF-8 text',
  },
  'the stream contains non-printable characters': {
    message: 'a control character',
    hint: 'remove it, or write it as an escape in double quotes',
  },
  'end of the stream or a document separator is expected': {
    message: 'this line does not belong to what is above it',
    hint: 'check the indentation of this line and of the first one, and that each key has ": " after it',
  },
};

const noKey: Explanation = {
  message: 'a line that is not "key: value"',
  hint: 'give it a key, or indent it more than the key whose value it continues',
};

const misaligned: Explanation = {
  message: 'this line is not indented like the lines it belongs with',
  hint: 'line it up with its neighbours; the keys of a list item line up with its first key, after the dash',
};

/** Turns the parser's exception into a finding that says what the author did and what to do. */
export function explainSyntaxError(error: YAMLException, text: string): TextProblem {
  const position = error.mark?.position ?? 0;
  if (error.reason.startsWith('nesting exceeded')) {
    const message = 'lists and mappings are nested too deep';
    return { code: 'yaml-too-complex', message, hint: 'flatten them', ...restOfLine(text, position) };
  }
  if (error.reason.includes('may not be an implicit key') || error.reason.startsWith("expected ':'")) {
    return { code: 'yaml-syntax', ...noKey, ...restOfLine(text, startOfLineAbove(text, position)) };
  }
  const explanation =
    error.reason === 'bad indentation of a mapping entry'
      ? explainMappingEntry(text, position)
      : (explanations[error.reason] ?? { message: error.reason, hint: 'check the YAML around this place' });
  return { code: 'yaml-syntax', ...explanation, ...restOfLine(text, position) };
}

/** The parser calls everything "bad indentation" that stands where the next key should: look at what it is. */
function explainMappingEntry(text: string, position: number): Explanation {
  const before = text.slice(startOfLine(text, position), position);
  const character = text.charAt(position);
  const quoted = 'put the whole value in quotes, or write it as a block (|)';
  if (character === ':' && /\S:\s/.test(before)) {
    return { message: '": " inside a value without quotes', hint: quoted };
  }
  if (/[:-]\s+$/.test(before) && character === '-') {
    return {
      message: 'a list that starts on the line of its key',
      hint: 'start it on the next line, or put the value in quotes if it is text',
    };
  }
  if (/[:-]\s+$/.test(before)) {
    return { message: `a value without quotes cannot start with "${character}"`, hint: quoted };
  }
  if (/["'\]}]\s*$/.test(before)) {
    return { message: 'text after the closing quote or bracket of a value', hint: quoted };
  }
  return misaligned;
}

function startOfLine(text: string, position: number): number {
  const before = text.slice(0, position);
  return Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
}

/** Where the text of the nearest line above starts that is not blank. */
function startOfLineAbove(text: string, position: number): number {
  const above = text.slice(0, startOfLine(text, position)).trimEnd();
  const start = startOfLine(above, above.length);
  return start + above.slice(start).search(/\S|$/);
}

/** From the position to the end of what is written on its line; at least one character. */
function restOfLine(text: string, position: number): { readonly start: number; readonly end: number } {
  const line = text.slice(position).split(/[\r\n]/, 1)[0] ?? '';
  return { start: position, end: position + Math.max(1, line.trimEnd().length) };
}
