import type { AuthoredGrouping, AuthoredIncidentConfiguration } from './authored-detection.ts';
import { canonicalDuration } from './canonical-duration.ts';
import { compact } from './compact.ts';
import type { GroupingConfiguration, IncidentConfiguration } from './detection.ts';
import { placeItems } from './placed.ts';

/**
 * Fills in what the service wants and the author left out, as the portal's wizard does: incidents are created, closed ones
 * stay closed, alerts are grouped for five hours by all their entities.
 */
export function normaliseIncidentConfiguration(
  authored: AuthoredIncidentConfiguration,
): IncidentConfiguration {
  const { createIncident = true, groupingConfiguration } = authored;
  return compact({
    createIncident,
    groupingConfiguration: groupingConfiguration && normaliseGrouping(groupingConfiguration),
  });
}

function normaliseGrouping(authored: AuthoredGrouping): GroupingConfiguration {
  const { enabled, reopenClosedIncident = false, matchingMethod = 'AllEntities' } = authored;
  return compact({
    enabled,
    reopenClosedIncident,
    lookbackDuration: canonicalDuration(authored.lookbackDuration ?? 'PT5H'),
    matchingMethod,
    groupByEntities: withoutEmptyItems(authored.groupByEntities),
    groupByAlertDetails: withoutEmptyItems(authored.groupByAlertDetails),
    groupByCustomDetails: withoutEmptyItems(authored.groupByCustomDetails),
  });
}

function withoutEmptyItems(items: readonly (string | null)[] | undefined): readonly string[] | undefined {
  return items && placeItems(items, '').map((item) => item.value);
}
