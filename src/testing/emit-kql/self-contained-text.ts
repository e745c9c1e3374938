import { toLetStatements } from '../../compile/let-statements.ts';
import type { QueryNode } from '../../kql/query-node.ts';
import type { WorkspaceSchema } from '../../kql/schemas/workspace-schema.ts';
import type { PreparedDetection } from '../prepare-detection.ts';
import { quoteName } from './given-source.ts';
import { applyEdits, type TextEdit } from './text-edits.ts';

/** A query with everything in front of it that the workspace would supply in KQL. */
export interface SelfContainedText {
  readonly text: string;
  /** A place of the text in the units of the authored query; undefined for what stands in front of that. */
  readonly toAuthored: (offset: number) => number | undefined;
}

/**
 * The query as it would be deployed, behind the functions of the workspace that it calls, each as a `let` after those that it
 * calls itself. A function that is called without brackets gets them: a name that `let` declares needs them.
 */
export function writeSelfContained({ detection, schema, tree }: PreparedDetection): SelfContainedText {
  const functions = new Map<string, string>();
  const edits = collectCalls(tree.root, schema, functions);
  const { query } = detection;
  const front = [...functions.values(), toLetStatements(detection.parameters)].join('');
  return {
    text: front + applyEdits(query, edits),
    toAuthored: (offset) => {
      const at = offset - front.length;
      const before = edits.filter(({ start }, index) => start + index * brackets.length < at);
      return at < 0 ? undefined : at - before.length * brackets.length;
    },
  };
}

const brackets = '()';

/** Declares the functions that a tree calls; gives the edits that put brackets behind those that lack them. */
function collectCalls(
  root: QueryNode,
  schema: WorkspaceSchema,
  functions: Map<string, string>,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const visit = (node: QueryNode): void => {
    const stored = storedFunction(node, schema);
    if (stored !== undefined) {
      const { name, body, parameters } = stored;
      if (node.kind === 'NameReference')
        edits.push({ start: node.start + node.length, length: 0, text: brackets });
      if (!functions.has(name)) {
        const own = collectCalls(body, schema, functions);
        const text = applyEdits(body.text, own).replace(/^\{|\}$/g, '');
        functions.set(name, `let ${quoteName(name)} = (${parameters}) {\n${text.trim()}\n};\n`);
      }
    }
    const callee = node.kind === 'FunctionCallExpression' ? node.part('Name') : undefined;
    for (const child of node.children) if (child !== callee) visit(child);
  };
  visit(root);
  return edits.sort((a, b) => a.start - b.start);
}

/** What a node calls, if that is a function of the workspace whose body is known, and no `let` of the query. */
function storedFunction(
  node: QueryNode,
  schema: WorkspaceSchema,
): { readonly name: string; readonly parameters: string; readonly body: QueryNode } | undefined {
  const { symbol } = node;
  if (symbol?.kind !== 'function') return undefined;
  const stored = schema.functions.get(symbol.name);
  if (stored?.kind !== 'stored') return undefined;
  const body = node.calledBody;
  return body && { name: symbol.name, parameters: stored.parameters, body };
}
