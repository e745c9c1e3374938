/** A table of another workspace, as a tests file names it. */
export interface ForeignTable {
  /** What the query calls the workspace: its name or its id. */
  readonly workspace: string;
  readonly table: string;
}

/** Reads `workspace("contoso-eu").SigninLogs`; undefined of a table of the detection's own workspace. */
export function parseForeignTable(name: string): ForeignTable | undefined {
  const [, , workspace, table] = /^\s*workspace\(\s*(["'])(.+?)\1\s*\)\s*\.\s*(\w+)\s*$/.exec(name) ?? [];
  return workspace === undefined || table === undefined ? undefined : { workspace, table };
}

/** The one name that the rows of a table of another workspace are kept under. */
export function foreignTableKey(workspace: string, table: string): string {
  return `workspace("${workspace}").${table}`;
}
