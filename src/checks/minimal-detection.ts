/** The kinds that an example can start from. */
export type ExampleKind = 'Scheduled' | 'NRT' | 'Hunting';

const sharedByAll = `id: 5f0e4a5c-8f0d-4c57-9d3e-0a6b2b1c7d11
name: Sign-in from a blocked country
description: Identifies successful sign-ins from countries that the company does not work in.
version: 1.0.0
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
tactics:
  - InitialAccess
relevantTechniques:
  - T1078
query: |
  SigninLogs
  | where ResultType == "0" and Location in ("XX", "YY")
  | project TimeGenerated, UserPrincipalName, IPAddress, Location
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
`;

/**
 * A detection of each kind with nothing to find, as YAML. The examples of the checks are fragments whose top-level keys
 * replace its keys, so that each shows only what it is about.
 */
export const minimalDetection: Readonly<Record<ExampleKind, string>> = {
  Scheduled: `${sharedByAll}severity: Medium
kind: Scheduled
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
`,
  NRT: `${sharedByAll}severity: Medium
kind: NRT
`,
  Hunting: sharedByAll,
};

/** Which minimal detection a fragment belongs to: it says `kind: NRT`, or `# hunting query` in its first line. */
export function exampleKind(fragment: string): ExampleKind {
  if (fragment.startsWith('# hunting query')) return 'Hunting';
  return /^kind: NRT$/m.test(fragment) ? 'NRT' : 'Scheduled';
}

/** The whole detection that a fragment stands for, as YAML. */
export function completeExample(fragment: string): string {
  const own = new Set(topLevelBlocks(fragment).map(keyOf));
  const kept = topLevelBlocks(minimalDetection[exampleKind(fragment)]).filter(
    (block) => !own.has(keyOf(block)),
  );
  return `${kept.join('')}${fragment}\n`;
}

/** A block is a line that starts with a key, and all indented lines below it. */
function topLevelBlocks(yaml: string): readonly string[] {
  return yaml.split(/^(?=\S)/m);
}

function keyOf(block: string): string {
  return block.slice(0, block.indexOf(':'));
}
