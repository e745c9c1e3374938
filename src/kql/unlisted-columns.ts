import { editDistance, nearestName } from '../core/nearest-name.ts';
import type { AnalysedQuery } from './analysed-query.ts';
import type { KqlDiagnostic, QueryReferences } from './bound-query.ts';
import type { ParserColumn, ParserNode } from './parser-types.ts';

/**
 * Looks for slips in the columns of open tables. Their lists are incomplete, so an unlisted column is no error; but one that
 * is a letter off a listed column, or off a name that the query declares, is probably that. One warning a name, at its
 * first use. A query that uses a table of which nothing is known is left alone.
 */
export function findUnlistedColumns(
  query: AnalysedQuery,
  references: QueryReferences,
): readonly KqlDiagnostic[] {
  const { schema, nodes } = query;
  const tables = references.tables.flatMap((name) => schema.tables.get(name) ?? []);
  const open = tables.filter(({ isOpen }) => isOpen);
  if (open.length === 0 || references.unknown.length > 0) return [];

  const listed = new Set(open.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const assumed = new Map<string, ParserNode>();
  for (const { SimpleName: name } of nodes.get('NameDeclaration') ?? []) if (name) listed.add(name);
  for (const node of nodes.get('NameReference') ?? []) {
    const name = node.SimpleName;
    if (name && !assumed.has(name) && isAssumedColumn(query, node)) assumed.set(name, node);
  }
  return [...assumed].flatMap(([name, node]): KqlDiagnostic[] => {
    const near = listed.has(name) ? undefined : nearestName(name, listed);
    if (near === undefined || !isSlip(name, near)) return [];
    return [
      {
        code: 'kql/unlisted-column',
        severity: 'warning',
        message: `"${name}" is not among the columns listed for ${open.map((table) => table.name).join(', ')}`,
        start: node.TextStart,
        length: node.Width,
        name,
        hint: `did you mean "${near}"?`,
      },
    ];
  });
}

/** The parser gives a column that it had to assume the type unknown. */
function isAssumedColumn({ service }: AnalysedQuery, node: ParserNode): boolean {
  const symbol = node.ReferencedSymbol;
  return (
    service.isA(symbol, service.library.Symbols.ColumnSymbol) &&
    (symbol as ParserColumn).Type.Name === 'unknown'
  );
}

/** `port_s` beside `port_d` is no slip: a custom log names each type that a field was sent with. */
function isSlip(name: string, near: string): boolean {
  return !/_[a-z]$/.test(name) && editDistance(name.toLowerCase(), near.toLowerCase()) <= 1;
}
