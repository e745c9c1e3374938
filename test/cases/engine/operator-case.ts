/** What an operator, a binding or a fixture must give. `source` says who says so. */
export interface OperatorCase {
  readonly name: string;
  readonly source: string;
  readonly query: string;
  /** The names of the columns and then the rows, values joined by `|`; or what the engine refuses. */
  readonly expected: readonly string[] | { readonly refused: string };
}
