import type { NamedNodeKind } from '../kql/query-node.ts';

/**
 * What the parts of a query cost, in points, where reading one table through a filter that uses the index costs one. They
 * are estimates to compare queries by, not measurements.
 */
export const kindCosts: Partial<Record<NamedNodeKind, number>> = {
  SearchOperator: 20,
  FindOperator: 20,
  JoinOperator: 5,
  LookupOperator: 2,
  MvExpandOperator: 3,
  MvApplyOperator: 4,
  ExternalDataExpression: 5,
  MatchesRegexExpression: 3,
  ContainsExpression: 2,
  ContainsCsExpression: 2,
  NotContainsExpression: 2,
};

/** What calls cost in the same points. */
export const callCosts: Readonly<Record<string, number>> = {
  extract: 2,
  extract_all: 3,
  parse_json: 1,
  parse_xml: 3,
  replace_regex: 2,
  make_set: 1,
  make_list: 1,
  dcount: 1,
};

/** Each table that is read costs this; a pattern of names costs as much as the tables that it matches. */
export const tableCost = 1;

/** A query is told to be expensive from so many points on. */
export const expensive = 60;
