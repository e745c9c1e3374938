import type { AlertingDetection } from '../../detection/detection.ts';
import { alertLimits } from '../../sentinel/limits.ts';

/**
 * Which results each alert of a run holds, as indexes; expects a run that raises any. With AlertPerResult beyond the cap,
 * the last alert is the one that SingleAlert would have raised: it holds every result. Without any result (a threshold
 * that is met by few) there is one alert, which holds none.
 */
export function groupEvents(detection: AlertingDetection, results: number): readonly (readonly number[])[] {
  const all = Array.from({ length: results }, (_, index) => index);
  if (detection.eventGrouping !== 'AlertPerResult' || results === 0) return [all];
  const cap = detection.kind === 'NRT' ? alertLimits.alertsPerNrtRun : alertLimits.alertsPerRun;
  if (results <= cap) return all.map((index) => [index]);
  return [...all.slice(0, cap - 1).map((index) => [index]), all];
}
