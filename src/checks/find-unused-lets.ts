import type { QueryNode, QueryTree } from '../kql/query-node.ts';

/** A `let` statement whose name is never used. */
export interface UnusedLet {
  readonly name: string;
  readonly declaration: QueryNode;
  /** True if a column of the same name is used further down: KQL takes the column where the `let` was meant. */
  readonly isHidden: boolean;
}

/** Finds the `let` statements of a query that nothing refers to, in the order of the text. */
export function findUnusedLets({ nodesOf, usesOf }: QueryTree): readonly UnusedLet[] {
  return nodesOf('LetStatement').flatMap((statement): UnusedLet[] => {
    const { name } = statement;
    const declaration = statement.part('Name');
    if (name === undefined || declaration === undefined || usesOf(statement).length > 0) return [];
    const isHidden = nodesOf('NameReference').some((reference) => {
      return (
        reference.name === name && reference.symbol?.kind === 'column' && reference.start > statement.start
      );
    });
    return [{ name, declaration, isHidden }];
  });
}
