import { alertFormatLength } from './alert-format-length.ts';
import { caseFolding } from './case-folding.ts';
import type { Check, CorpusCheck } from './check.ts';
import { columnNameFormat } from './column-name-format.ts';
import { columnNotInResult } from './column-not-in-result.ts';
import { columnNotRenderable } from './column-not-renderable.ts';
import { comparisonOfTypes } from './comparison-of-types.ts';
import { connectorUnknown } from './connector-unknown.ts';
import { connectorUnneeded } from './connector-unneeded.ts';
import { connectorsMissing } from './connectors-missing.ts';
import { containsWord } from './contains-word.ts';
import { customDetailCount } from './custom-detail-count.ts';
import { customDetailKey } from './custom-detail-key.ts';
import { datetimeImpossible } from './datetime-impossible.ts';
import { descriptionLength } from './description-length.ts';
import { displayNameLength } from './display-name-length.ts';
import { duplicateId } from './duplicate-id.ts';
import { duplicateName } from './duplicate-name.ts';
import { dynamicPropertyRepeated } from './dynamic-property-repeated.ts';
import { entitiesMissing } from './entities-missing.ts';
import { entityColumnDynamic } from './entity-column-dynamic.ts';
import { entityIdentifierMissing } from './entity-identifier-missing.ts';
import { entityIdentifierRepeated } from './entity-identifier-repeated.ts';
import { entityIdentifierUnknown } from './entity-identifier-unknown.ts';
import { entityMappingCount } from './entity-mapping-count.ts';
import { entityMappingRepeated } from './entity-mapping-repeated.ts';
import { everyTableRead } from './every-table-read.ts';
import { expansionUnbounded } from './expansion-unbounded.ts';
import { fieldMappingCount } from './field-mapping-count.ts';
import { functionDeprecated } from './function-deprecated.ts';
import { groupingKeyUnknown } from './grouping-key-unknown.ts';
import { groupingListsIgnored } from './grouping-lists-ignored.ts';
import { groupingSelectedEmpty } from './grouping-selected-empty.ts';
import { idNotGuid } from './id-not-guid.ts';
import { idNotResourceName } from './id-not-resource-name.ts';
import { idSharedByKinds } from './id-shared-by-kinds.ts';
import { joinKindMissing } from './join-kind-missing.ts';
import { legacyEntityColumn } from './legacy-entity-column.ts';
import { letShadowed } from './let-shadowed.ts';
import { letUnused } from './let-unused.ts';
import { longPeriodFrequency } from './long-period-frequency.ts';
import { lookbackRange } from './lookback-range.ts';
import { nrtSchedule } from './nrt-schedule.ts';
import { nrtSeveralTables } from './nrt-several-tables.ts';
import { nrtWindow } from './nrt-window.ts';
import { parameterUnused } from './parameter-unused.ts';
import { periodShorterThanFrequency } from './period-shorter-than-frequency.ts';
import { placeholderCount } from './placeholder-count.ts';
import { queryCost } from './query-cost.ts';
import { queryLength } from './query-length.ts';
import { queryScheduleRange } from './query-schedule-range.ts';
import { regexForText } from './regex-for-text.ts';
import { regexInvalid } from './regex-invalid.ts';
import { resultMissing } from './result-missing.ts';
import { resultRepeated } from './result-repeated.ts';
import { resultWithoutTime } from './result-without-time.ts';
import { runsOverlap } from './runs-overlap.ts';
import { setUnbounded } from './set-unbounded.ts';
import { suppressionRange } from './suppression-range.ts';
import { suppressionShorterThanFrequency } from './suppression-shorter-than-frequency.ts';
import { tableUnsupplied } from './table-unsupplied.ts';
import { techniqueFormat } from './technique-format.ts';
import { techniqueOutsideTactics } from './technique-outside-tactics.ts';
import { techniqueReplaced } from './technique-replaced.ts';
import { techniqueUnknown } from './technique-unknown.ts';
import { techniqueUnverified } from './technique-unverified.ts';
import { templateVersionAlone } from './template-version-alone.ts';
import { timestampColumn } from './timestamp-column.ts';
import { triggerThresholdRange } from './trigger-threshold-range.ts';
import { versionFormat } from './version-format.ts';
import { windowEqualsPeriod } from './window-equals-period.ts';
import { windowLongerThanPeriod } from './window-longer-than-period.ts';
import { windowShorterThanFrequency } from './window-shorter-than-frequency.ts';

/** Every check of one detection, in the order in which an author meets the keys. The documentation lists them so. */
export const checks: readonly Check[] = Object.freeze([
  idNotResourceName,
  idNotGuid,
  displayNameLength,
  descriptionLength,
  versionFormat,
  templateVersionAlone,
  connectorsMissing,
  connectorUnknown,
  tableUnsupplied,
  connectorUnneeded,
  techniqueFormat,
  techniqueUnknown,
  techniqueUnverified,
  techniqueReplaced,
  techniqueOutsideTactics,
  queryLength,
  legacyEntityColumn,
  resultMissing,
  resultRepeated,
  everyTableRead,
  regexInvalid,
  datetimeImpossible,
  comparisonOfTypes,
  letShadowed,
  letUnused,
  parameterUnused,
  joinKindMissing,
  functionDeprecated,
  containsWord,
  caseFolding,
  regexForText,
  setUnbounded,
  expansionUnbounded,
  queryCost,
  resultWithoutTime,
  timestampColumn,
  queryScheduleRange,
  periodShorterThanFrequency,
  longPeriodFrequency,
  windowLongerThanPeriod,
  windowShorterThanFrequency,
  windowEqualsPeriod,
  runsOverlap,
  triggerThresholdRange,
  nrtSchedule,
  nrtWindow,
  nrtSeveralTables,
  suppressionRange,
  suppressionShorterThanFrequency,
  entityMappingCount,
  fieldMappingCount,
  entityIdentifierUnknown,
  entityIdentifierRepeated,
  entityIdentifierMissing,
  entityMappingRepeated,
  entitiesMissing,
  columnNameFormat,
  customDetailCount,
  customDetailKey,
  alertFormatLength,
  placeholderCount,
  dynamicPropertyRepeated,
  columnNotInResult,
  columnNotRenderable,
  entityColumnDynamic,
  lookbackRange,
  groupingSelectedEmpty,
  groupingKeyUnknown,
  groupingListsIgnored,
]);

/** Every check over several files. */
export const corpusChecks: readonly CorpusCheck[] = Object.freeze([
  duplicateId,
  idSharedByKinds,
  duplicateName,
]);
