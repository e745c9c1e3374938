import type { Check } from './check.ts';
import { raisesAlerts } from './detection-kinds.ts';
import { quote } from './quote.ts';

/** An alert property is set from one column. */
export const dynamicPropertyRepeated: Check = {
  id: 'dynamic-property-repeated',
  severity: 'warning',
  summary: 'alertDynamicProperties sets each alert property once.',
  rationale: 'An alert has one value for a property; which of two columns it takes is not said anywhere.',
  examples: {
    good: [
      `alertDetailsOverride:
  alertDynamicProperties:
    - alertProperty: ProductName
      value: Product
    - alertProperty: AlertLink
      value: Link`,
    ],
    bad: [
      `alertDetailsOverride:
  alertDynamicProperties:
    - alertProperty: AlertLink
      value: Link
    - alertProperty: AlertLink
      value: OtherLink`,
    ],
  },
  check({ loaded: { detection } }, report) {
    if (!raisesAlerts(detection)) return;
    const seen = new Set<string>();
    const properties = detection.alertDetailsOverride?.alertDynamicProperties ?? [];
    for (const [index, { alertProperty }] of properties.entries()) {
      if (seen.has(alertProperty)) {
        report(
          `/alertDetailsOverride/alertDynamicProperties/${index}/alertProperty`,
          `alert property ${quote(alertProperty)} is set more than once`,
          { hint: 'keep one; choose between columns in the query, with coalesce() or iff()' },
        );
      }
      seen.add(alertProperty);
    }
  },
};
