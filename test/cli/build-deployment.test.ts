import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { Snapshot } from '../../src/emulator/state.ts';
import { compareText } from '../../src/core/diagnostic.ts';
import { stableStringify, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { countingGuids, fakeClock } from '../support/emulator.ts';
import { huntingQuery, sampleProject, scheduledDetection } from '../support/sample-project.ts';
import { createTestFolder, runCli, type TestFolder } from '../support/test-host.ts';

/** A query that looks like an expression of a template from end to end. */
const bracketedQuery = "['SigninLogs'] | extend Name = split(UserPrincipalName, '@')[0]";

/** Texts that Azure Resource Manager would evaluate, or take a bracket from, and a quote. */
const bracketed = `${scheduledDetection
  .replace('8f1a01', '8f1a03')
  .replace('name: Many', "name: '[Preview] many failed sign-ins [x]' #")
  .replace('description: Identifies', 'description: "[parameters(\'workspace\')]" #')
  .replace(/query: \|\n.*\n.*\n/, `query: "${bracketedQuery}"\n`)}
tags: ['[a]']
customDetails:
  Result: ResultType
`;
const nrt = scheduledDetection
  .replace('8f1a01', '8f1a04')
  .replace('name: Many', 'name: At once many')
  .replace('kind: Scheduled', 'kind: NRT')
  .replace(/^(query[FP]|trigger).*\n/gm, '');
const incidents = `id: 5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a05
name: Incidents of Defender for Cloud Apps
description: Makes incidents of alerts.
kind: MicrosoftSecurityIncidentCreation
productFilter: Microsoft Cloud App Security
severitiesFilter: [High]
version: 2.0.1
`;
const bracketedHunt = huntingQuery
  .replace('8f1a02', '8f1a06')
  .replace('name: Sign', "name: '[hunt]' #")
  .replace('description: Lists', "description: '[[]' #");

let folder: TestFolder;

beforeEach(async () => {
  folder = await createTestFolder({
    ...sampleProject,
    'detections/a/nrt.yaml': nrt,
    'detections/a/incidents.yaml': incidents,
    'detections/b/hunt.yaml': bracketedHunt,
  });
});

afterEach(() => folder.remove());

const local = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'local',
  workspace: 'local',
} as const;

function startEmulator(state?: Snapshot): Emulator {
  return createEmulator({
    now: fakeClock().now,
    newGuid: countingGuids(),
    workspaces: [local],
    ...(state === undefined ? {} : { state }),
  });
}

async function deployTemplate(emulator: Emulator, template: JsonValue): Promise<void> {
  const group = `/subscriptions/${local.subscriptionId}/resourcegroups/${local.resourceGroup}`;
  const url = `https://management.test${group}/providers/Microsoft.Resources/deployments/test?api-version=2024-03-01`;
  const parameters = { workspace: { value: local.workspace } };
  const body = JSON.stringify({ properties: { mode: 'Incremental', template, parameters } });
  const accepted = await emulator.handle({ method: 'PUT', url, headers: {}, body });
  expect([200, 201]).toContain(accepted.status);
  const ended = await emulator.handle({ method: 'GET', url, headers: {} });
  expect(JSON.parse(ended.body)).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
}

/** What the workspace holds, without what the service makes up at each write. */
async function contentOf(emulator: Emulator): Promise<Readonly<Record<string, readonly JsonObject[]>>> {
  const workspace = `/subscriptions/${local.subscriptionId}/resourceGroups/${local.resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${local.workspace}`;
  const lists = {
    alertRules: '/providers/Microsoft.SecurityInsights/alertRules?api-version=2025-10-01-preview',
    metadata: '/providers/Microsoft.SecurityInsights/metadata?api-version=2025-10-01-preview',
    savedSearches: '/savedSearches?api-version=2020-08-01',
  };
  const content: [string, readonly JsonObject[]][] = [];
  for (const [kind, path] of Object.entries(lists)) {
    const url = `https://management.test${workspace}${path}`;
    const { body } = await emulator.handle({ method: 'GET', url, headers: {} });
    const { value } = JSON.parse(body) as { value: JsonObject[] };
    const stable = value.map((resource): JsonObject => ({
      ...resource,
      etag: undefined,
      systemData: undefined,
      properties: { ...(resource['properties'] as JsonObject), lastModifiedUtc: undefined },
    }));
    content.push([
      kind,
      stable.sort((a, b) => compareText(stableStringify(a['name'] ?? ''), stableStringify(b['name'] ?? ''))),
    ]);
  }
  return Object.fromEntries(content);
}

async function builtFiles(): Promise<{ readonly single: string[]; readonly combined: string[] }> {
  const run = await runCli(['build', '--env', 'local', '--out', 'out'], { cwd: folder.path });
  expect(run).toMatchObject({ exitCode: 0 });
  const manifest = JSON.parse(await readFile(join(folder.path, 'out/index.json'), 'utf8')) as {
    files: { path: string }[];
  };
  const paths = manifest.files.map(({ path }) => path);
  return {
    single: paths.filter((path) => path.startsWith('detections/')),
    combined: paths.filter((path) => path.startsWith('combined-')),
  };
}

const read = async (file: string): Promise<JsonValue> =>
  JSON.parse(await readFile(join(folder.path, file), 'utf8')) as JsonValue;

test.each(['single', 'combined'] as const)(
  'the %s templates of a build bring a workspace to the state that deploy does',
  async (kind) => {
    await folder.write('detections/b/bracketed.yaml', bracketed);
    const files = (await builtFiles())[kind];
    expect(files).toHaveLength(kind === 'single' ? 6 : 1);
    const emulator = startEmulator();
    for (const file of files) await deployTemplate(emulator, await read(`out/${file}`));

    // Kustodian finds nothing left to do there …
    await folder.write('.kustodian/local.json', JSON.stringify(emulator.exportState()));
    const plan = await runCli(['plan'], { cwd: folder.path });
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(plan.stdout).toContain('no changes, 6 unchanged');

    // … and what it writes to an empty workspace is the same, to the last character.
    await folder.write('.kustodian/local.json', JSON.stringify(startEmulator().exportState()));
    expect(await runCli(['deploy'], { cwd: folder.path })).toMatchObject({ exitCode: 0 });
    const deployed = startEmulator((await read('.kustodian/local.json')) as unknown as Snapshot);
    const content = await contentOf(emulator);
    expect(content).toEqual(await contentOf(deployed));
    expect(content['metadata']).toHaveLength(6);
    expect(JSON.stringify(content['alertRules'])).toContain(`"${bracketedQuery}"`);
    expect(JSON.stringify(content['alertRules'])).toContain(`"[parameters('workspace')]"`);
    expect(JSON.stringify(content['savedSearches'])).toContain('"[hunt]"');
  },
  30_000,
);

test('a template can be deployed again, and changes what was changed in the workspace', async () => {
  const { combined } = await builtFiles();
  const emulator = startEmulator();
  const template = await read(`out/${combined[0] ?? ''}`);
  await deployTemplate(emulator, template);
  const before = await contentOf(emulator);
  const url = `https://management.test/subscriptions/${local.subscriptionId}/resourceGroups/local/providers/Microsoft.OperationalInsights/workspaces/local/savedSearches/5f1b0c53-6d0f-4d0b-9a4e-0c6a0b8f1a02?api-version=2020-08-01`;
  const body = JSON.stringify({ etag: '*', properties: { category: 'x', displayName: 'y', query: 'z' } });
  expect(await emulator.handle({ method: 'PUT', url, headers: {}, body })).toMatchObject({ status: 200 });
  expect(await contentOf(emulator)).not.toEqual(before);
  await deployTemplate(emulator, template);
  expect(await contentOf(emulator)).toEqual(before);
}, 30_000);
