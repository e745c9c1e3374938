import type { AlertingDetection, Detection, QueryDetection } from '../detection/detection.ts';

/** True for the kinds that have a query: all but MicrosoftSecurityIncidentCreation. */
export function hasQuery(detection: Detection): detection is QueryDetection {
  return detection.kind !== 'MicrosoftSecurityIncidentCreation';
}

/** True for Scheduled and NRT: the kinds that run a query and raise alerts. */
export function raisesAlerts(detection: Detection): detection is AlertingDetection {
  return detection.kind === 'Scheduled' || detection.kind === 'NRT';
}
