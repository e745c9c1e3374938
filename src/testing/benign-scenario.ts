import type { Diagnostic } from '../core/diagnostic.ts';
import { raisesAlerts } from '../checks/detection-kinds.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import type { FixtureFiles, LoadedBenign, LoadedTests } from './load-tests.ts';
import type { PreparedDetection } from './prepare-detection.ts';
import { readTimeline } from './read-timeline.ts';
import type { Scenario } from './scenario.ts';

/** What benign rows are read with. */
export interface BenignContext {
  readonly schema: WorkspaceSchema;
  readonly files: FixtureFiles;
}

/**
 * The scenario that a detection stays silent on a file of benign rows; undefined if it does not concern the detection: a
 * hunting query, or none of the tables is read. Watchlists and the like that the benign rows do not have are those of the
 * defaults of the detection's own tests.
 */
export function toBenignScenario(
  benign: LoadedBenign,
  { detection, bound }: PreparedDetection,
  tests: LoadedTests | undefined,
  context: BenignContext,
): { readonly scenario?: Scenario; readonly diagnostics: readonly Diagnostic[] } {
  const { file, document, authored } = benign;
  const { tables, wildcards } = bound.references;
  const isRead = (name: string): boolean => wildcards.length > 0 || tables.includes(name);
  if (!raisesAlerts(detection) || !Object.keys(authored.given ?? {}).some(isRead)) return { diagnostics: [] };
  const { watchlists, functions, external } = tests?.authored.defaults ?? {};
  const defaults = {
    ...(watchlists && { watchlists }),
    ...(functions && { functions }),
    ...(external && { external }),
  };
  const before =
    tests === undefined ? [] : [{ document: tests.document, pointer: '/defaults', authored: defaults }];
  const { fixtures, now, diagnostics } = readTimeline(benign, context, before);
  if (diagnostics.length > 0 || now === null) return { diagnostics };
  const scenario: Scenario = {
    name: `stays silent on the benign rows of ${file}`,
    document,
    pointer: '',
    span: document.spanOf('/given', 'key'),
    now,
    settings: { parameters: {} },
    fixtures,
    expect: { alerts: 0 },
    isFiring: false,
  };
  return { scenario, diagnostics: [] };
}
