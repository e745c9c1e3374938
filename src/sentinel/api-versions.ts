/** What only some api-versions of Microsoft.SecurityInsights can carry. */
export type ApiFeature =
  | 'nrt'
  | 'subTechniques'
  | 'sentinelEntitiesMappings'
  | 'subTechniquesAlertProperty'
  | 'defenderProductFilters';

/**
 * The newest preview, 1 October 2025: no stable version has near-real-time alert rules, sub-techniques or
 * `sentinelEntitiesMappings` (42 versions were compared, up to stable 2025-09-01).
 */
export const defaultApiVersion = '2025-10-01-preview';

/**
 * api-version of saved searches, tables and the workspace itself: the newest that recorded traffic of the service shows for
 * them. They belong to another resource provider than the rest, so the environment's api-version does not apply.
 */
export const logAnalyticsApiVersion = '2020-08-01';

/** The date of the first preview that has a feature. Source: the provider's type definitions, all versions. */
const firstPreview: Readonly<Record<ApiFeature, string>> = {
  nrt: '2021-09-01',
  subTechniques: '2023-12-01',
  sentinelEntitiesMappings: '2022-10-01',
  /** `SubTechniques` as an `alertDynamicProperties` name. */
  subTechniquesAlertProperty: '2023-12-01',
  /** The two `productFilter` values of the Defender products. */
  defenderProductFilters: '2021-09-01',
};

/** True for `2025-09-01` and `2025-10-01-preview`: a real day, with or without the suffix. */
export function isApiVersion(text: string): boolean {
  const day = /^(\d{4}-\d{2}-\d{2})(-preview)?$/.exec(text)?.[1];
  if (day === undefined) return false;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/** True for a preview version, known or not. */
export function isPreviewApiVersion(apiVersion: string): boolean {
  return apiVersion.endsWith('-preview');
}

/**
 * True if an api-version carries a feature. A preview does from the feature's first preview on, versions later than this
 * tool included. No stable version does: one that comes to do so is to be named here then.
 */
export function supports(apiVersion: string, feature: ApiFeature): boolean {
  return isPreviewApiVersion(apiVersion) && apiVersion.slice(0, 10) >= firstPreview[feature];
}
