import type { AlertingDetection } from '../../detection/detection.ts';

/** True if a run with this many results raises an alert. A near-real-time detection alerts on any. */
export function isTriggered(detection: AlertingDetection, results: number): boolean {
  if (detection.kind === 'NRT') return results > 0;
  const { triggerOperator, triggerThreshold } = detection;
  switch (triggerOperator) {
    case 'GreaterThan':
      return results > triggerThreshold;
    case 'LessThan':
      return results < triggerThreshold;
    case 'Equal':
      return results === triggerThreshold;
    case 'NotEqual':
      return results !== triggerThreshold;
  }
}
