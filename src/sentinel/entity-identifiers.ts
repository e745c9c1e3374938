import type { EntityType } from './vocabulary.ts';

/** What identifies an entity of one type in an entity mapping. */
export interface EntityIdentifiers {
  /** Every identifier that the type has. */
  readonly identifiers: readonly string[];
  /** At least one of these combinations must be mapped whole, or the service cannot tell which entity is meant. */
  readonly requiredAnyOf: readonly (readonly string[])[];
}

/**
 * The identifiers of each entity type, spelt as the service wants them (case counts). Source: the entity model that
 * Microsoft's own CI validates with, and learn.microsoft.com/azure/sentinel/entities-reference (for IP.AddressScope). The
 * former also has IoTDevice, which is not here: the alertRules API's enumeration of types lacks it in every version.
 */
export const entityIdentifiers: Readonly<Record<EntityType, EntityIdentifiers>> = {
  Account: entity(
    'Name FullName NTDomain DnsDomain UPNSuffix Sid AadTenantId AadUserId PUID IsDomainJoined DisplayName ObjectGuid',
    'FullName | Sid | Name | AadUserId | PUID | ObjectGuid',
  ),
  AzureResource: entity('ResourceId', 'ResourceId'),
  CloudApplication: entity('AppId Name InstanceName', 'AppId | Name'),
  DNS: entity('DomainName', 'DomainName'),
  File: entity('Directory Name', 'Name'),
  FileHash: entity('Algorithm Value', 'Algorithm Value'),
  Host: entity(
    'DnsDomain NTDomain HostName FullName NetBiosName AzureID OMSAgentID OSFamily OSVersion IsDomainJoined',
    'FullName | HostName | NetBiosName | AzureID | OMSAgentID',
  ),
  IP: entity('Address AddressScope', 'Address'),
  MailCluster: entity(
    'NetworkMessageIds CountByDeliveryStatus CountByThreatType CountByProtectionStatus Threats Query QueryTime ' +
      'MailCount IsVolumeAnomaly Source ClusterSourceIdentifier ClusterSourceType ClusterQueryStartTime ' +
      'ClusterQueryEndTime ClusterGroup',
    'Query | Source',
  ),
  MailMessage: entity(
    'Recipient Urls Threats Sender P1Sender P1SenderDisplayName P1SenderDomain SenderIP P2Sender P2SenderDisplayName ' +
      'P2SenderDomain ReceivedDate NetworkMessageId InternetMessageId Subject BodyFingerprintBin1 BodyFingerprintBin2 ' +
      'BodyFingerprintBin3 BodyFingerprintBin4 BodyFingerprintBin5 AntispamDirection DeliveryAction DeliveryLocation ' +
      'Language ThreatDetectionMethods',
    'NetworkMessageId | Recipient',
  ),
  Mailbox: entity(
    'MailboxPrimaryAddress DisplayName Upn ExternalDirectoryObjectId RiskLevel',
    'MailboxPrimaryAddress',
  ),
  Malware: entity('Name Category', 'Name'),
  Process: entity('ProcessId CommandLine ElevationToken CreationTimeUtc', 'CommandLine | ProcessId'),
  RegistryKey: entity('Hive Key', 'Key | Hive'),
  RegistryValue: entity('Name Value ValueType', 'Name'),
  SecurityGroup: entity('DistinguishedName SID ObjectGuid', 'DistinguishedName | SID | ObjectGuid'),
  SubmissionMail: entity(
    'NetworkMessageId Timestamp Recipient Sender SenderIp Subject ReportType SubmissionId SubmissionDate Submitter',
    'SubmissionId | NetworkMessageId | Recipient | Submitter',
  ),
  URL: entity('Url', 'Url'),
};

/** Words separated by blanks; combinations by bars. */
function entity(identifiers: string, requiredAnyOf: string): EntityIdentifiers {
  return {
    identifiers: identifiers.split(' '),
    requiredAnyOf: requiredAnyOf.split(' | ').map((combination) => combination.split(' ')),
  };
}
