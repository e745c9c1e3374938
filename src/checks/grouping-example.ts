/** YAML of an incidentConfiguration whose grouping ends in the given lines; for the examples of the grouping checks. */
export function groupingExample(...lines: readonly string[]): string {
  return `incidentConfiguration:
  createIncident: true
  groupingConfiguration:
    enabled: true
    reopenClosedIncident: false
    lookbackDuration: 5h
${lines.map((line) => `    ${line}`).join('\n')}`;
}
