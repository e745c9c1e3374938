/** What docs/kql-support.md says of an operator besides its name. */
export interface OperatorNote {
  /** Where Kusto estimates, or may give other rows. */
  readonly caution?: 'approximate' | 'arbitrary';
  /** Markdown. */
  readonly note: string;
}

const withoutSchema = 'refused behind columns that are known only once the query has run';
const lateSubquery = 'refused if the columns of the subquery are known only once the query has run';

/** Operators by the parser's name; those that are not here are exact and whole. */
export const operatorNotes: Readonly<Record<string, OperatorNote>> = {
  EvaluateOperator: { note: 'see [plugins](#plugins)' },
  FindOperator: { note: 'refused in what is piped into it' },
  InvokeOperator: {
    note: 'functions of the query, and `FileProfile` and others from [fixtures](#what-comes-from-fixtures)',
  },
  JoinOperator: {
    note: 'all kinds. Of equal left rows `innerunique` takes the first, where the service may take any; rows come in the order of recorded outputs',
  },
  GetSchemaOperator: { note: 'refused for a column whose type neither the query nor its values tell' },
  MvApplyOperator: { note: lateSubquery },
  ParseOperator: { note: 'kinds `simple`, `regex` and `relaxed`; flags `U`, `i`, `m` and `s`' },
  ParseWhereOperator: { note: 'as `parse`' },
  PartitionOperator: { note: `a subquery in parentheses; ${lateSubquery}` },
  ProjectByNamesOperator: { note: withoutSchema },
  RenderOperator: { note: 'changes no rows' },
  SampleOperator: { caution: 'arbitrary', note: 'seeded' },
  SampleDistinctOperator: { caution: 'arbitrary', note: 'seeded' },
  ScanOperator: { note: '`output=last` is refused' },
  TakeOperator: { caution: 'arbitrary', note: 'the first rows; not flagged behind `sort`' },
  TopHittersOperator: { caution: 'approximate', note: 'exact here' },
  UnionOperator: {
    note: 'with patterns and `isfuzzy`; refused where a column of unknown type meets one of another type',
  },
};
