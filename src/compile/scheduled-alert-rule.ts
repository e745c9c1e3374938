import type { ScheduledDetection } from '../detection/detection.ts';
import type { ScheduledAlertRule } from '../sentinel/resource.ts';
import { toAlertingProperties } from './alerting-properties.ts';

/** The PUT body of a Scheduled alert rule; the ten properties that the service requires are always there. */
export function compileScheduledAlertRule(
  detection: ScheduledDetection,
  apiVersion: string,
): ScheduledAlertRule {
  return {
    kind: 'Scheduled',
    properties: {
      ...toAlertingProperties(detection, apiVersion),
      queryFrequency: detection.queryFrequency,
      queryPeriod: detection.queryPeriod,
      triggerOperator: detection.triggerOperator,
      triggerThreshold: detection.triggerThreshold,
    },
  };
}
