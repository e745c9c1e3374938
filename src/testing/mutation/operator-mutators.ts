import type { QueryNode } from '../../kql/query-node.ts';
import { dropEach, replaceNode, type Edit, type QueryMutator } from './mutator.ts';

/** Of each kind of join the kind that keeps what it drops, or drops what it keeps. */
const otherKinds: Readonly<Record<string, string>> = {
  inner: 'leftouter',
  innerunique: 'leftouter',
  leftouter: 'inner',
  rightouter: 'inner',
  fullouter: 'inner',
  leftanti: 'leftsemi',
  anti: 'leftsemi',
  leftantisemi: 'leftsemi',
  rightanti: 'rightsemi',
  rightantisemi: 'rightsemi',
  leftsemi: 'leftanti',
  rightsemi: 'rightanti',
};

/** Mutators of operators other than `where`. */
export const operatorMutators: readonly QueryMutator[] = [
  {
    of: 'query',
    name: 'change-join-kind',
    summary: 'A join is of another kind: inner and outer, semi and anti change places.',
    example: ['join kind=leftanti known on Account', 'join kind=leftsemi known on Account'],
    mutate: (node) => {
      if (node.kind !== 'JoinOperator' && node.kind !== 'LookupOperator') return [];
      const kind = node
        .list('Parameters')
        .find(({ name }) => name === 'kind')
        ?.part('Expression');
      const fallback = node.kind === 'JoinOperator' ? 'innerunique' : 'leftouter';
      const other = otherKinds[kind?.text ?? fallback];
      if (other === undefined) return [];
      return kind ? [replaceNode(kind, other)] : insertKind(node, other);
    },
  },
  {
    of: 'query',
    name: 'drop-join',
    summary: 'A join or lookup is left out, where the rest of the query can do without its columns.',
    example: ['T | join kind=leftanti known on Account', 'T | where true'],
    mutate: (node) =>
      node.kind === 'JoinOperator' || node.kind === 'LookupOperator' ? [replaceNode(node, 'where true')] : [],
  },
  {
    of: 'query',
    name: 'drop-union-leg',
    summary: 'A leg of a union is left out.',
    example: ['union A, B', 'union B'],
    mutate: (node) => (node.kind === 'UnionOperator' ? dropEach(node.list('Expressions')) : []),
  },
  {
    of: 'query',
    name: 'drop-key',
    summary: 'A key of `summarize … by`, `make-series … by` or `distinct` is left out.',
    example: ['summarize count() by Account, IPAddress', 'summarize count() by IPAddress'],
    mutate: (node) => {
      if (node.kind === 'DistinctOperator') return dropEach(node.list('Expressions'));
      if (!node.kind.endsWith('ByClause') || !groupings.has(node.parent?.kind)) return [];
      const keys = node.list('Expressions');
      const [only] = keys;
      if (keys.length > 1 || only === undefined) return dropEach(keys);
      return [{ ...replaceNode(node, ''), shown: [only.text, ''] }];
    },
  },
];

const groupings: ReadonlySet<string | undefined> = new Set(['SummarizeOperator', 'MakeSeriesOperator']);

function insertKind(node: QueryNode, kind: string): readonly Edit[] {
  const [word] = /^[a-z]+/.exec(node.text) ?? [''];
  return [{ start: node.start + word.length, length: 0, text: ` kind=${kind}` }];
}
