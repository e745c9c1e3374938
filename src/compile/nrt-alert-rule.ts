import type { NrtDetection } from '../detection/detection.ts';
import type { NrtAlertRule } from '../sentinel/resource.ts';
import { toAlertingProperties } from './alerting-properties.ts';

/** The PUT body of a near-real-time alert rule: a Scheduled one without schedule and threshold. */
export function compileNrtAlertRule(detection: NrtDetection, apiVersion: string): NrtAlertRule {
  return { kind: 'NRT', properties: toAlertingProperties(detection, apiVersion) };
}
