/**
 * Limits of an alert rule's properties. Source, unless a member says otherwise: the models that Microsoft's own CI
 * validates detections with (Azure/Azure-Sentinel, detectionTemplateSchemaValidation). Lengths are UTF-16 units, as .NET
 * counts; durations are ISO 8601 and both ends are allowed.
 */
export const alertRuleLimits = {
  displayNameLength: 256,
  descriptionLength: 5_000,
  /** Also learn.microsoft.com/azure/sentinel/scheduled-rules-overview. */
  queryLength: 10_000,
  versionLength: 20,
  /** Also scheduled-rules-overview; terraform's azurerm. */
  queryFrequency: { min: 'PT5M', max: 'P14D' },
  /** Also scheduled-rules-overview; terraform's azurerm. */
  queryPeriod: { min: 'PT5M', max: 'P14D' },
  /** From this period on, the query may not run more often than `longPeriodFrequency`. */
  longPeriod: 'P2D',
  longPeriodFrequency: 'PT1H',
  triggerThreshold: { min: 0, max: 10_000 },
  /** Lower end from terraform's azurerm, upper from the documentation ("up to 24 hours"). */
  suppressionDuration: { min: 'PT5M', max: 'PT24H' },
  /** Source: the documentation of incident creation from alerts. */
  lookbackDuration: { min: 'PT5M', max: 'P7D' },
  /** `entityMappings` and `sentinelEntitiesMappings` together. Source: sentinel-service-limits (March 2025), azurerm. */
  entityMappings: 10,
  /** Identifiers in one entity mapping. Source: sentinel-service-limits. */
  fieldMappings: 3,
  columnNameLength: 500,
  /** Also sentinel-service-limits. */
  customDetails: 20,
  customDetailKeyLength: 20,
  customDetailValueLength: 500,
  alertDisplayNameFormatLength: 256,
  alertDescriptionFormatLength: 5_000,
  /** `{{column}}`s in one format; a repeated one counts again. */
  placeholdersPerFormat: 3,
} as const;

/** Limits of a workspace. Source: learn.microsoft.com/azure/sentinel/sentinel-service-limits (March 2025). */
export const workspaceLimits = {
  /** Enabled Scheduled alert rules. */
  enabledScheduledRules: 512,
  /** The same in a dedicated cluster, on request. */
  enabledScheduledRulesDedicatedCluster: 1_024,
  /** Enabled NRT alert rules, counted apart from Scheduled ones. */
  enabledNrtRules: 50,
  /** Workspaces that one query may read. */
  workspacesPerQuery: 20,
} as const;

/** What a single alert or incident can hold. Source: sentinel-service-limits (March 2025). */
export const alertLimits = {
  entities: 500,
  /** All entities of one alert. */
  entitiesSizeBytes: 64 * 1_024,
  /** Values kept of one custom detail. */
  customDetailValues: 50,
  /** All custom details of one alert. */
  customDetailsSizeBytes: 2 * 1_024,
  descriptionBytes: 5 * 1_024,
  nameBytes: 256,
  /** Alerts from one run of a Scheduled rule with `AlertPerResult`. */
  alertsPerRun: 150,
  /** Alerts from one run of an NRT rule. */
  alertsPerNrtRun: 30,
  alertsPerIncident: 150,
} as const;

/**
 * Limits of an ARM template, with its expressions evaluated. Source:
 * learn.microsoft.com/azure/azure-resource-manager/templates/best-practices.
 */
export const armTemplateLimits = {
  resources: 800,
  resourceBytes: 1_024 * 1_024,
  templateBytes: 4 * 1_024 * 1_024,
  parameters: 256,
} as const;

/**
 * ARM's throttle: a token bucket a region, subscription, principal and kind of operation. Source:
 * learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling.
 */
export const armThrottle = {
  reads: { bucket: 250, refillPerSecond: 25 },
  writes: { bucket: 200, refillPerSecond: 10 },
  deletes: { bucket: 200, refillPerSecond: 10 },
} as const;
