/**
 * How sure it is that the service behaves so: written in its documentation or its own code for templates, or taken by us from
 * what it does elsewhere.
 */
export const alertConfidences = ['documented', 'inferred'] as const;
export type AlertConfidence = (typeof alertConfidences)[number];

/** One thing that scenarios and simulations do around a query because the service does, or is thought to. */
export interface AlertBehaviour {
  readonly id: string;
  /** A sentence without a full stop. It names the test that shows it. */
  readonly statement: string;
  readonly confidence: AlertConfidence;
  /** A page below https://learn.microsoft.com/azure/sentinel/, or for what is inferred, from what. */
  readonly source: string;
}

/** Confidence, id, statement and source of each behaviour. */
const table = `
documented window-half-open     | a scheduled run sees rows from queryPeriod before its time up to that time, and no later ones | scheduled-rules-overview
inferred   window-end           | a row at the very end of a window is in the next one only, and a row at its start in this one | or two runs in a row would both find it
inferred   window-nrt           | an NRT run sees the rows that came in during the minute before | near-real-time-rules: it runs every minute over the events ingested in the preceding minute
documented trigger-threshold    | a run alerts if the number of its results meets triggerOperator and triggerThreshold | scheduled-rules-overview
documented alerts-per-run       | beyond 150 results one alert each, the 150th alert holds all of the results | sentinel-service-limits
documented alerts-per-nrt-run   | of an NRT run the 30th alert holds all of the results | sentinel-service-limits
documented entities             | an alert has up to 500 entities, of which each mapping has an equal share | map-data-fields-to-entities
documented entity-identified    | an entity without one of its strong or sufficient identifiers is none | entities-reference
inferred   entity-once          | an entity that several results name is one entity of the alert | map-data-fields-to-entities: entities are joined by their identifiers
documented custom-detail-values | of a custom detail 50 values are kept | sentinel-service-limits
documented custom-details-size  | all custom details of an alert have 2 KB | sentinel-service-limits
documented title-length         | a title is cut after 256 bytes | sentinel-service-limits
documented description-length   | a description is cut after 5 KB | sentinel-service-limits
inferred   cut-between          | a cut leaves no part of a character behind | what the service does within a character is not known
documented override-empty       | a title whose column has no value falls back to the name of the detection | customize-alert-details
inferred   override-severity    | a severity that does not exist falls back to that of the detection | customize-alert-details: invalid values are ignored
inferred   grouping-lookback    | an incident takes in alerts up to lookbackDuration after it was opened, that moment included | create-analytics-rules: whether that moment is included is not said
documented alerts-per-incident  | an incident takes in 150 alerts, and the next one opens another | sentinel-service-limits
documented no-incident          | alerts of a detection that creates no incidents belong to none | create-analytics-rules
`;

/** What is applied around a query, in the order in which it is applied. */
export const alertBehaviours: readonly AlertBehaviour[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [head = '', statement = '', source = ''] = line.split(' | ');
    const [confidence, id = ''] = head.trim().split(/\s+/);
    return { id, statement, source, confidence: confidence as AlertConfidence };
  });
