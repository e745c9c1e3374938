/** The closed vocabularies of the alertRules API, in its own spelling. Source: api-version 2025-07-01-preview. */
export const alertSeverities = ['High', 'Medium', 'Low', 'Informational'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

export const triggerOperators = ['GreaterThan', 'LessThan', 'Equal', 'NotEqual'] as const;
export type TriggerOperator = (typeof triggerOperators)[number];

/** `AlertPerResult` raises an alert a row, `SingleAlert` one a run. */
export const aggregationKinds = ['SingleAlert', 'AlertPerResult'] as const;
export type AggregationKind = (typeof aggregationKinds)[number];

export const matchingMethods = ['AllEntities', 'AnyAlert', 'Selected'] as const;
export type MatchingMethod = (typeof matchingMethods)[number];

/** ATT&CK tactics, enterprise and ICS. An open enum on the wire; these 17 are since 2022-08-01. */
export const tactics = [
  'Reconnaissance',
  'ResourceDevelopment',
  'InitialAccess',
  'Execution',
  'Persistence',
  'PrivilegeEscalation',
  'DefenseEvasion',
  'CredentialAccess',
  'Discovery',
  'LateralMovement',
  'Collection',
  'Exfiltration',
  'CommandAndControl',
  'Impact',
  'PreAttack',
  'ImpairProcessControl',
  'InhibitResponseFunction',
] as const;
export type Tactic = (typeof tactics)[number];

export const entityTypes = [
  'Account',
  'AzureResource',
  'CloudApplication',
  'DNS',
  'File',
  'FileHash',
  'Host',
  'IP',
  'MailCluster',
  'MailMessage',
  'Mailbox',
  'Malware',
  'Process',
  'RegistryKey',
  'RegistryValue',
  'SecurityGroup',
  'SubmissionMail',
  'URL',
] as const;
export type EntityType = (typeof entityTypes)[number];

/** Alert properties that `alertDetailsOverride.alertDynamicProperties` may set; SubTechniques in previews only. */
export const alertProperties = [
  'AlertLink',
  'ConfidenceLevel',
  'ConfidenceScore',
  'ExtendedLinks',
  'ProductComponentName',
  'ProductName',
  'ProviderName',
  'RemediationSteps',
  'Techniques',
  'SubTechniques',
] as const;
export type AlertProperty = (typeof alertProperties)[number];

/** Products whose alerts MicrosoftSecurityIncidentCreation can turn into incidents; the last two in previews only. */
export const productFilters = [
  'Microsoft Cloud App Security',
  'Azure Security Center',
  'Azure Advanced Threat Protection',
  'Azure Active Directory Identity Protection',
  'Azure Security Center for IoT',
  'Microsoft Defender Advanced Threat Protection',
  'Office 365 Advanced Threat Protection',
] as const;
export type ProductFilter = (typeof productFilters)[number];
