import type { AlertingDetection } from '../detection/detection.ts';
import { alertRuleLimits } from '../sentinel/limits.ts';

/** A text of `alertDetailsOverride` with `{{column}}`s in it. */
export interface AlertFormat {
  readonly pointer: string;
  readonly name: string;
  readonly format: string;
  readonly maxLength: number;
}

/** The formats that a detection has: for the alert's display name, its description, both or none. */
export function alertFormats(detection: AlertingDetection): readonly AlertFormat[] {
  const override = detection.alertDetailsOverride ?? {};
  const lengths = {
    alertDisplayNameFormat: alertRuleLimits.alertDisplayNameFormatLength,
    alertDescriptionFormat: alertRuleLimits.alertDescriptionFormatLength,
  } as const;
  return (['alertDisplayNameFormat', 'alertDescriptionFormat'] as const).flatMap((name) => {
    const format = override[name];
    return format === undefined
      ? []
      : [{ pointer: `/alertDetailsOverride/${name}`, name, format, maxLength: lengths[name] }];
  });
}
