import { EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml';
import type { Diagnostic } from '../core/diagnostic.ts';
import { composeYaml } from './compose-yaml.ts';
import { decodeText, type Refusal } from './decode-text.ts';
import { explainSyntaxError } from './explain-syntax-error.ts';
import { indexLines, type LineIndex } from './line-index.ts';
import type { ParsedDocument } from './source-document.ts';
import type { TextProblem } from './text-problem.ts';
import { createDocument } from './yaml-document.ts';

const maxDepth = 64;
/** How many characters a file may come to with its aliases written out. */
const maxExpandedSize = 4_194_304;

/**
 * Reads a YAML file of one document. Whatever the bytes are, it gives a document or says what is wrong: every duplicate key,
 * unknown alias and unknown tag, or the first mistake in the grammar.
 *
 * @param file how findings shall name it
 */
export function parseYaml(file: string, bytes: Uint8Array): ParsedDocument {
  const decoded = decodeText(bytes);
  if ('code' in decoded) return refuse(file, decoded);
  const { text } = decoded;
  const lines = indexLines(text);
  const fail = (problems: readonly TextProblem[]): ParsedDocument => ({
    diagnostics: problems.map((problem) => toDiagnostic(file, lines, problem)),
  });
  const parsed = readEvents(text);
  if ('code' in parsed) return fail([parsed]);
  const [document, second] = splitDocuments(parsed.events);
  if (document === undefined) {
    const hint = 'write something into it, or remove it';
    return refuse(file, { code: 'empty-file', message: 'the file holds nothing', hint });
  }
  if (second !== undefined) {
    const start = startOf(second) ?? text.length;
    const message = 'a second document starts here';
    const hint = 'keep one document in a file; "---" and "..." separate documents';
    return fail([{ code: 'several-documents', message, hint, start, end: start + 1 }]);
  }
  const { root, problems } = composeYaml(text, document, maxExpandedSize);
  if (problems.length > 0) return fail(problems);
  return { document: createDocument(file, text, root, lines), diagnostics: [] };
}

/** A finding about a file that is no text that a place could be in; of bad bytes, the line is known. */
function refuse(file: string, { code, message, hint, line, offset = 0 }: Refusal): ParsedDocument {
  const diagnostic: Diagnostic = { code, severity: 'error', message, hint, file };
  if (line === undefined) return { diagnostics: [diagnostic] };
  const place = { line, column: 1, offset };
  return { diagnostics: [{ ...diagnostic, span: { start: place, end: place } }] };
}

function readEvents(text: string): { readonly events: readonly Event[] } | TextProblem {
  try {
    return { events: parseEvents(text, { maxDepth }) };
  } catch (error) {
    if (error instanceof YAMLException) return explainSyntaxError(error, text);
    throw error;
  }
}

/** The events inside each document that holds anything; an empty one, as a "---" at the end makes, does not count. */
function splitDocuments(events: readonly Event[]): readonly (readonly Event[])[] {
  const starts = [...events.keys()].filter((index) => events[index]?.type === EVENT_ID.DOCUMENT);
  return starts
    .map((start, index) => events.slice(start + 1, (starts[index + 1] ?? events.length) - 1))
    .filter((content) => content.length > 1 || content.some((event) => startOf([event]) !== undefined));
}

/** Where the first thing stands that has a place. */
function startOf(events: readonly Event[]): number | undefined {
  for (const event of events) {
    if ('start' in event) return event.start;
    const places = [
      'valueStart' in event ? event.valueStart : -1,
      'tagStart' in event ? event.tagStart : -1,
      'anchorStart' in event ? event.anchorStart : -1,
    ].filter((place) => place !== -1);
    if (places.length > 0) return Math.min(...places);
  }
  return undefined;
}

function toDiagnostic(file: string, lines: LineIndex, problem: TextProblem): Diagnostic {
  const { code, message, hint, start, end, related } = problem;
  const span = lines.spanOf(start, end);
  const diagnostic: Diagnostic = { code, severity: 'error', message, hint, file, span };
  if (related === undefined) return diagnostic;
  const place = { file, message: related.message, span: lines.spanOf(related.start, related.end) };
  return { ...diagnostic, related: [place] };
}
