import type { AnalysedQuery } from './analysed-query.ts';
import type { BoundQuery, KqlDiagnostic, QueryReferences } from './bound-query.ts';
import { translateDiagnostics } from './kql-diagnostics.ts';
import { describeFailure, guardParser, loadLanguageService } from './language-service.ts';
import type { LanguageService } from './language-service.ts';
import type { ParserCode } from './parser-types.ts';
import type { QueryTree } from './query-node.ts';
import { collectLets, collectReferences } from './query-references.ts';
import { createQueryTree } from './query-tree.ts';
import type { WorkspaceSchema } from './schemas/workspace-schema.ts';
import { globalsFor } from './schemas/workspace-symbols.ts';
import { indexNodes, toQueryResult } from './syntax-walk.ts';
import { findUnlistedColumns } from './unlisted-columns.ts';

const noReferences: QueryReferences = {
  tables: [],
  wildcards: [],
  functions: [],
  unknown: [],
  watchlists: [],
  workspaces: [],
};

/**
 * A bound query with its syntax, absent if the query could not be analysed or breaks off in a syntax error. The tree is
 * large: let go of it when the query is done with.
 */
export interface QueryAnalysis {
  readonly bound: BoundQuery;
  readonly tree?: QueryTree;
}

/**
 * Parses a query and binds it to a schema with Microsoft's parser. Whatever is wrong with the query is a diagnostic, also
 * a crash of the parser over it. Takes about 20 ms, and once a process 1 s to load the parser.
 */
export function bindQuery(text: string, schema: WorkspaceSchema): BoundQuery {
  return analyseQuery(text, schema).bound;
}

/**
 * Does what bindQuery does, and gives the syntax tree too.
 *
 * @param prefix statements that will stand in front of the query, such as the `let`s of parameters. All positions are those
 *   of the query itself, and what is found in the prefix is left out.
 */
export function analyseQuery(text: string, schema: WorkspaceSchema, prefix = ''): QueryAnalysis {
  const service = loadLanguageService();
  if (guardParser('recognise a query', () => service.library.KustoCode.GetKind(text)) !== 'Query') {
    return unbound(text, true, {
      code: 'kql/command',
      severity: 'error',
      message: 'a management command is not a query; start with a table, "let" or "union"',
      start: 0,
      length: text.length,
    });
  }
  const whole = prefix + text;
  const globals = guardParser('read the schema', () => globalsFor(service, schema, whole));
  try {
    const code = service.library.KustoCode.ParseAndAnalyze(whole, globals);
    const nodes = indexNodes(service, code.Syntax);
    return describeAnalysis({ service, schema, text: whole, code, nodes }, prefix.length);
  } catch (error) {
    return unbound(text, false, {
      code: 'kql/not-analysed',
      severity: 'error',
      message: `Microsoft's parser crashed over this query, so it was not checked: ${describeFailure(error)}`,
      start: 0,
      length: text.length,
      hint: 'rewrite the part that uses the rarest operator, or leave the query out of validation',
    });
  }
}

function describeAnalysis(query: AnalysedQuery, offset: number): QueryAnalysis {
  const { service, text, code } = query;
  const result = toQueryResult(service, code.ResultType);
  const translated = translateDiagnostics(query);
  const unknown = translated.flatMap(({ code, name }) =>
    code === 'kql/unknown-table' && name ? [name] : [],
  );
  const references = { ...collectReferences(query), unknown: [...new Set(unknown)].sort() };
  const diagnostics = [...translated, ...findUnlistedColumns(query, references)]
    .sort((a, b) => a.start - b.start)
    .flatMap((diagnostic) => shift(diagnostic, offset));
  const bound: BoundQuery = {
    text: text.slice(offset),
    isCommand: false,
    diagnostics,
    ...(result === undefined ? {} : { result }),
    resultStatements: countResultStatements(service, code),
    references,
    lets: collectLets(query).flatMap((binding) => shift(binding, offset)),
  };
  const isWhole = !diagnostics.some(({ code }) => code === 'kql/syntax' || code === 'kql/not-analysed');
  return isWhole ? { bound, tree: createQueryTree(query, offset) } : { bound };
}

/** Counts a place from the query's start instead of the prefix's. Nothing is left of a place that lies in the prefix. */
function shift<Placed extends { readonly start: number; readonly length: number }>(
  placed: Placed,
  offset: number,
): readonly Placed[] {
  const end = placed.start + placed.length - offset;
  const start = Math.max(0, placed.start - offset);
  return placed.start < offset && end <= 0 ? [] : [{ ...placed, start, length: end - start }];
}

function unbound(text: string, isCommand: boolean, diagnostic: KqlDiagnostic): QueryAnalysis {
  return {
    bound: {
      text,
      isCommand,
      diagnostics: [diagnostic],
      resultStatements: 0,
      references: noReferences,
      lets: [],
    },
  };
}

function countResultStatements(service: LanguageService, code: ParserCode): number {
  return service
    .toArray(code.Syntax.Statements)
    .map((separated) => separated.Element$1)
    .filter((statement) => statement && service.kindOf(statement) === 'ExpressionStatement').length;
}
