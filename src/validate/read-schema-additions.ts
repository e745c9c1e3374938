import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { nearestName } from '../core/nearest-name.ts';
import { parseYaml } from '../detection/parse-yaml.ts';
import { readDocument } from '../detection/schema-diagnostics.ts';
import type { SourceDocument } from '../detection/source-document.ts';
import { scalarTypeNames, toScalarType } from '../kql/schemas/compact-columns.ts';
import type { SchemaAdditions } from '../kql/schemas/extend-schema.ts';
import type {
  Column,
  FunctionSchema,
  TableSchema,
  WatchlistSchema,
} from '../kql/schemas/workspace-schema.ts';

/** tables.schema.json */
interface AuthoredTables {
  readonly tables?: Readonly<Record<string, AuthoredColumns>>;
  readonly functions?: Readonly<
    Record<string, { readonly parameters?: string; readonly columns: AuthoredColumns }>
  >;
  readonly watchlists?: Readonly<Record<string, AuthoredColumns>>;
  readonly Name?: string;
  readonly Properties?: readonly { readonly Name: string; readonly Type: string }[];
}

type AuthoredColumns = Readonly<Record<string, string>>;

/** Reads a file of tables, functions and watchlists, in YAML or JSON. What is wrong in it is left out and said. */
export function readSchemaAdditions(
  file: string,
  bytes: Uint8Array,
): { readonly additions: SchemaAdditions; readonly diagnostics: readonly Diagnostic[] } {
  const { document, diagnostics: syntax } = parseYaml(file, bytes);
  if (document === undefined) return { additions: {}, diagnostics: syntax };
  const read = readDocument(document, 'tables');
  const hasError = read.diagnostics.some(({ severity }) => severity === 'error');
  if (hasError) return { additions: {}, diagnostics: read.diagnostics };

  const authored = read.data as AuthoredTables; // says the schema
  const diagnostics: Diagnostic[] = [...read.diagnostics];
  const toColumns = (pointer: string, columns: AuthoredColumns): readonly Column[] =>
    Object.entries(columns).flatMap(([name, typeName]) => {
      const type = toScalarType(typeName);
      if (type !== undefined) return [{ name, type }];
      diagnostics.push(unknownType(document, joinPointer(pointer, name), typeName));
      return [];
    });
  const source = file;
  const tables = Object.entries(authored.tables ?? {}).map(([name, columns]): TableSchema => {
    return { name, source, isOpen: false, columns: toColumns(joinPointer('/tables', name), columns) };
  });
  const functions = Object.entries(authored.functions ?? {}).map(
    ([name, { parameters = '', columns }]): FunctionSchema => {
      const pointer = joinPointer('/functions', name, 'columns');
      return {
        kind: 'declared',
        name,
        parameters,
        source,
        isOpen: false,
        columns: toColumns(pointer, columns),
      };
    },
  );
  const watchlists = Object.entries(authored.watchlists ?? {}).map(([alias, columns]): WatchlistSchema => {
    return { alias, source, columns: toColumns(joinPointer('/watchlists', alias), columns) };
  });
  if (authored.Name !== undefined) {
    const columns = (authored.Properties ?? []).flatMap(({ Name, Type }, index): Column[] => {
      const type = toScalarType(Type);
      if (type !== undefined) return [{ name: Name, type }];
      diagnostics.push(unknownType(document, joinPointer('/Properties', index, 'Type'), Type));
      return [];
    });
    tables.push({ name: authored.Name, source, isOpen: false, columns });
  }
  return { additions: { tables, functions, watchlists }, diagnostics };
}

function unknownType(document: SourceDocument, pointer: string, type: string): Diagnostic {
  const nearest = nearestName(type, scalarTypeNames);
  return {
    code: 'invalid-value',
    severity: 'error',
    message: `"${type}" is no type of a column`,
    file: document.file,
    span: document.spanOf(pointer),
    hint: nearest === undefined ? `use ${scalarTypeNames.join(', ')}` : `did you mean "${nearest}"?`,
  };
}
