/** A configuration with the embedded workspace only. */
export const localConfig = 'owner: tests\nenvironments:\n  local:\n    cloud: local\n';

/** A scheduled detection that has no findings. */
export const scheduledDetection = `id: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a01
name: Many failed sign-ins
description: Identifies many failed sign-ins of one account.
kind: Scheduled
severity: Medium
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
tactics:
  - CredentialAccess
relevantTechniques:
  - T1110
query: |
  SigninLogs
  | where ResultType != "0"
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
version: 1.0.0
`;

/** A hunting query that has no findings. */
export const huntingQuery = `id: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a02
name: Sign-ins from new countries
description: Lists sign-ins from new countries.
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
tactics:
  - InitialAccess
relevantTechniques:
  - T1078
query: |
  SigninLogs
  | summarize count() by Location
`;

/** The files of a small repository. */
export const sampleProject = {
  'kustodian.yaml': localConfig,
  'detections/credential-access/failed-sign-ins.yaml': scheduledDetection,
  'detections/initial-access/new-countries.yaml': huntingQuery,
} as const;
