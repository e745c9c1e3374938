import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { LoadedDetection } from '../detection/loaded-detection.ts';
import { findParameterCollisions } from '../kql/find-parameter-collisions.ts';
import type { QueryTree } from '../kql/query-node.ts';

/**
 * Finds parameters named like a `let`, a column, a table or a function of their query. KQL would take one for the other
 * without a word, so the parameter's value would be lost, or the query's own meaning.
 */
export function checkParameterNames(loaded: LoadedDetection, tree: QueryTree): readonly Diagnostic[] {
  const { detection, document, file } = loaded;
  if (detection.kind === 'MicrosoftSecurityIncidentCreation' || detection.parameters.length === 0) return [];
  const names = detection.parameters.map(({ name }) => name);
  const collisions = findParameterCollisions(tree, names);
  return collisions.map(({ name, start, length, detail }): Diagnostic => {
    return {
      code: 'parameter-shadowed',
      severity: 'error',
      message: `the parameter "${name}" is named like ${detail}, and KQL would silently take one for the other`,
      file,
      span: loaded.spanOf(joinPointer('/parameters', name), 'key'),
      hint: 'give the parameter a name that nothing else in the query has',
      related: [
        {
          file,
          span: document.spanWithin('/query', start, start + length),
          message: `"${name}" is used here`,
        },
      ],
    };
  });
}
