import type { LanguageService } from './language-service.ts';
import type { ParserCode } from './parser-types.ts';
import type { NodeIndex } from './syntax-walk.ts';
import type { WorkspaceSchema } from './schemas/workspace-schema.ts';

/** A query in the parser's hands, with what it was bound to. */
export interface AnalysedQuery {
  readonly service: LanguageService;
  readonly schema: WorkspaceSchema;
  readonly text: string;
  readonly code: ParserCode;
  /** Every node of its tree. */
  readonly nodes: NodeIndex;
}
