import { analyseQuery, type QueryAnalysis } from './bind-query.ts';
import type { WorkspaceSchema } from './schemas/workspace-schema.ts';

/** analyseQuery, or something that gives what it gives. */
export type Analyse = (text: string, schema: WorkspaceSchema, prefix?: string) => QueryAnalysis;

/** A tree takes 0.2 MB. */
const mostKept = 300;

/**
 * Analyses queries, and keeps each analysis until it is asked for again: a verb that validates and then runs the same queries
 * binds them once. What is asked for a second time is given and let go.
 */
export function createAnalysisMemory(): Analyse {
  const kept = new Map<WorkspaceSchema, Map<string, QueryAnalysis>>();
  return (text, schema, prefix = '') => {
    const ofSchema = kept.get(schema) ?? new Map<string, QueryAnalysis>();
    kept.set(schema, ofSchema);
    const key = `${prefix.length} ${prefix}${text}`;
    const known = ofSchema.get(key);
    if (known !== undefined) {
      ofSchema.delete(key);
      return known;
    }
    const analysis = analyseQuery(text, schema, prefix);
    if (ofSchema.size < mostKept) ofSchema.set(key, analysis);
    return analysis;
  };
}
