import { guardParser, loadLanguageService } from './language-service.ts';
import type { WorkspaceSchema } from './schemas/workspace-schema.ts';
import { globalsFor } from './schemas/workspace-symbols.ts';

/** A stretch of a query for highlighting. `kind` is Microsoft's, in kebab-case: `query-operator`, `string-literal`, `column`. */
export interface QueryToken {
  readonly kind: string;
  readonly start: number;
  readonly length: number;
}

/** Splits a query into the stretches that a highlighter colours, in order; white space is in none. */
export function classifyQuery(text: string, schema: WorkspaceSchema): readonly QueryToken[] {
  const service = loadLanguageService();
  return guardParser('classify a query', () => {
    const { ClassificationKind, KustoCodeService } = service.library.Editor;
    const names = new Map(Object.entries(ClassificationKind).map(([name, value]) => [value, toKebab(name)]));
    const editor = new KustoCodeService.$ctor1(text, globalsFor(service, schema, text));
    const { Classifications } = editor.GetClassifications(0, text.length, true, true);
    return service.toArray(Classifications).map(({ Kind, Start, Length }) => ({
      kind: names.get(Kind) ?? 'plain-text',
      start: Start,
      length: Length,
    }));
  });
}

function toKebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
