import { compileAs } from './as.ts';
import { compileFind } from './find.ts';
import { compileInvoke } from './invoke.ts';
import * as columns from './columns.ts';
import { compileEvaluate } from './evaluate.ts';
import { compileMvApply, compileMvExpand } from './expand.ts';
import { compileJoin, compileLookup } from './join.ts';
import { compileMakeSeries } from './make-series.ts';
import type { OperatorCompiler } from './operator.ts';
import { compileParse, compileParseWhere } from './parse.ts';
import { compileParseKv } from './parse-kv.ts';
import { compilePartition } from './partition.ts';
import * as rows from './rows.ts';
import { compileSample, compileSampleDistinct } from './sample.ts';
import { compileScan } from './scan.ts';
import { compileTopHitters } from './top-hitters.ts';
import { compileTopNested } from './top-nested.ts';
import { compileSearch } from './search.ts';
import { compileSort, compileTop } from './sort.ts';
import { compileSummarize } from './summarize.ts';
import { compileUnion } from './union.ts';

/** The tabular operators, by the parser's name. */
const operators: Readonly<Record<string, OperatorCompiler>> = {
  AsOperator: compileAs,
  FindOperator: compileFind,
  InvokeOperator: compileInvoke,
  CountOperator: rows.compileCount,
  DistinctOperator: rows.compileDistinct,
  ExtendOperator: columns.compileExtend,
  FilterOperator: rows.compileWhere,
  GetSchemaOperator: rows.compileGetSchema,
  JoinOperator: compileJoin,
  LookupOperator: compileLookup,
  PrintOperator: columns.compilePrint,
  ProjectAwayOperator: columns.compileProjectAway,
  ProjectByNamesOperator: columns.compileProjectByNames,
  ProjectKeepOperator: columns.compileProjectKeep,
  ProjectOperator: columns.compileProject,
  ProjectRenameOperator: columns.compileProjectRename,
  ProjectReorderOperator: columns.compileProjectReorder,
  RangeOperator: rows.compileRange,
  RenderOperator: rows.compileNothing,
  SampleDistinctOperator: compileSampleDistinct,
  SampleOperator: compileSample,
  SerializeOperator: columns.compileExtend,
  SortOperator: compileSort,
  SummarizeOperator: compileSummarize,
  TakeOperator: rows.compileTake,
  ScanOperator: compileScan,
  TopHittersOperator: compileTopHitters,
  TopNestedOperator: compileTopNested,
  TopOperator: compileTop,
  EvaluateOperator: compileEvaluate,
  MakeSeriesOperator: compileMakeSeries,
  MvApplyOperator: compileMvApply,
  MvExpandOperator: compileMvExpand,
  ParseKvOperator: compileParseKv,
  ParseOperator: compileParse,
  ParseWhereOperator: compileParseWhere,
  PartitionOperator: compilePartition,
  SearchOperator: compileSearch,
  UnionOperator: compileUnion,
};

/** The compiler of an operator by the parser's name, such as `FilterOperator`. */
export function findOperator(kind: string): OperatorCompiler | undefined {
  return operators[kind];
}
