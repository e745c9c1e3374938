import { loadLanguageService } from './language-service.ts';
import type { ParserNames } from './parser-types.ts';

/** What Microsoft's parser knows by name, sorted. What it keeps for its own use (`__hash_crc32`) is left out. */
export interface KnownNames {
  /** Its names for the kinds of operator on rows, such as `FilterOperator`. */
  readonly operators: readonly string[];
  /** Its names for the kinds of expression, such as `HasAnyExpression`. */
  readonly expressions: readonly string[];
  readonly functions: readonly string[];
  readonly aggregates: readonly string[];
  readonly plugins: readonly string[];
}

/** Reads the names from the parser, which it loads. */
export function readKnownNames(): KnownNames {
  const service = loadLanguageService();
  const { library } = service;
  const kinds = Object.entries(library.Syntax.SyntaxKind)
    .filter(([, value]) => typeof value === 'number')
    .map(([name]) => name);
  const namesOf = ({ All }: ParserNames): readonly string[] =>
    [...new Set(service.toArray(All).map(({ Name }) => Name))]
      .filter((name) => !name.startsWith('__'))
      .sort();
  return {
    operators: kinds.filter((kind) => kind.endsWith('Operator') && !kind.startsWith('Bad')).sort(),
    expressions: kinds.filter((kind) => kind.endsWith('Expression')).sort(),
    functions: namesOf(library.Functions),
    aggregates: namesOf(library.Aggregates),
    plugins: namesOf(library.PlugIns),
  };
}
