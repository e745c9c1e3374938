import { parseDuration } from '../../core/duration.ts';
import type { AlertingDetection } from '../../detection/detection.ts';

/** How far apart two runs are: an NRT query runs every minute. */
export function runIntervalSeconds(detection: AlertingDetection): number {
  return detection.kind === 'NRT' ? 60 : (parseDuration(detection.queryFrequency) ?? 0);
}

/**
 * How long after the scheduled time the service runs the query, so that what comes in late is there: five minutes, of NRT two.
 * The window ends at the scheduled time nevertheless.
 */
export function runDelaySeconds({ kind }: AlertingDetection): number {
  return kind === 'NRT' ? 120 : 300;
}
