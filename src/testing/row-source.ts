import type { Diagnostic, SourceSpan } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { readCsvRows } from '../core/read-csv.ts';
import { indexLines } from '../detection/line-index.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import type { AuthoredRows } from './authored-tests.ts';
import { fixturePath, type FixtureFiles } from './load-tests.ts';

/** Where something is written. */
export interface Place {
  readonly file: string;
  readonly span: SourceSpan;
}

/** A row as written, before its values have types. */
export interface RowSource {
  readonly values: JsonObject;
  /** True of a CSV row, in which every value is a text. */
  readonly isText: boolean;
  readonly placeOf: (column?: string) => Place;
}

/**
 * The rows at a pointer of a tests file, inline or from the file that they name. What cannot be read is said and left out.
 */
export function readRowSources(
  document: SourceDocument,
  pointer: string,
  authored: AuthoredRows,
  files: FixtureFiles,
): { readonly sources: readonly RowSource[]; readonly diagnostics: readonly Diagnostic[] } {
  if (!('file' in authored)) return { sources: inlineRows(document, pointer, authored), diagnostics: [] };
  const path = fixturePath(document.file, authored.file);
  const found = files.get(path) ?? { problem: `"${path}" was not read` };
  if ('text' in found) return path.endsWith('.csv') ? csvRows(path, found.text) : jsonLines(path, found.text);
  const fault: Diagnostic = {
    code: 'fixture-file',
    severity: 'error',
    message: `the rows cannot be read: ${found.problem}`,
    file: document.file,
    span: document.spanOf(joinPointer(pointer, 'file')),
    hint: 'the path is taken from the folder of this file',
  };
  return { sources: [], diagnostics: [fault] };
}

function inlineRows(
  document: SourceDocument,
  pointer: string,
  rows: readonly (JsonObject | null)[],
): readonly RowSource[] {
  return rows.flatMap((values, index) => {
    if (values === null) return [];
    const row = joinPointer(pointer, index);
    const placeOf = (column?: string): Place => ({
      file: document.file,
      span: column === undefined ? document.spanOf(row) : document.spanOf(joinPointer(row, column), 'key'),
    });
    return [{ values, isText: false, placeOf }];
  });
}

type ReadRows = ReturnType<typeof readRowSources>;

function csvRows(file: string, text: string): ReadRows {
  const starts = lineStarts(text);
  const sources = readCsvRows(text).map(({ values, line }) => ({
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [withoutZone(name), withoutComma(value)]),
    ),
    isText: true,
    placeOf: () => ({ file, span: starts(line) }),
  }));
  return { sources, diagnostics: [] };
}

/** The portal exports a column of time as `TimeGenerated [UTC]`, and a time as `1/15/2026, 12:00:00.000 PM`. */
function withoutZone(name: string): string {
  return name.replace(/\s*\[.*\]$/, '');
}

function withoutComma(value: string): string {
  return value.replace(/^(\d{1,2}\/\d{1,2}\/\d{4}), /, '$1 ');
}

function jsonLines(file: string, text: string): ReadRows {
  const starts = lineStarts(text);
  const sources: RowSource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const span = starts(index + 1);
    const values = parseLine(line);
    if (values !== undefined) sources.push({ values, isText: false, placeOf: () => ({ file, span }) });
    else diagnostics.push(notAnObject(file, span));
  }
  return { sources, diagnostics };
}

function notAnObject(file: string, span: SourceSpan): Diagnostic {
  return {
    code: 'fixture-file',
    severity: 'error',
    message: 'the line is no JSON object',
    file,
    span,
    hint: 'write one row a line, such as {"TimeGenerated": "-10m", "ResultType": "0"}',
  };
}

function parseLine(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The span of a whole line, counted from 1. */
function lineStarts(text: string): (line: number) => SourceSpan {
  const lines = indexLines(text);
  const offsets = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  return (line) => {
    const start = offsets[line - 1] ?? text.length;
    return lines.spanOf(start, Math.max(start, (offsets[line] ?? text.length + 1) - 1));
  };
}
