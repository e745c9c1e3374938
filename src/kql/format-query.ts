import { guardParser, loadLanguageService } from './language-service.ts';
import type { LanguageService } from './language-service.ts';

/** A second pass of the formatter moves a line in 1 % of queries; none was met that needs more than three. */
const maxPasses = 5;

/**
 * Lays a query out as Microsoft's formatter does: one operator a line, two spaces of indentation, `\n` line ends. Only
 * white space changes, and formatting the result again changes nothing. Gives undefined, so that the query stays as it is, where the formatter
 * could not promise that: for a command or a query with a syntax error.
 */
export function formatQuery(text: string): string | undefined {
  const service = loadLanguageService();
  return guardParser('format a query', () => {
    let formatted = text;
    for (let pass = 0; pass < maxPasses; pass++) {
      if (!isSoundQuery(service, formatted)) return undefined;
      const next = formatOnce(service, formatted);
      if (withoutSpace(next) !== withoutSpace(text)) return undefined;
      if (next === formatted) return formatted;
      formatted = next;
    }
    return undefined;
  });
}

function isSoundQuery(service: LanguageService, text: string): boolean {
  const { KustoCode } = service.library;
  if (KustoCode.GetKind(text) !== 'Query') return false;
  return service.toArray(KustoCode.Parse(text).GetSyntaxDiagnostics()).length === 0;
}

function formatOnce(service: LanguageService, text: string): string {
  const { Editor, GlobalState } = service.library;
  const { NewLine, None } = Editor.PlacementStyle;
  const options = Editor.FormattingOptions.Default.WithIndentationSize(2)
    .WithPipeOperatorStyle(NewLine)
    .WithStatementStyle(NewLine)
    .WithSemicolonStyle(None)
    .WithInsertMissingTokens(false);
  const editor = new Editor.KustoCodeService.$ctor1(text, GlobalState.Default);
  return editor.GetFormattedText(options, 0).Text.replaceAll('\r\n', '\n').trimEnd();
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
