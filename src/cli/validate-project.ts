import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { compareDiagnostics, hasErrors } from '../core/diagnostic.ts';
import { mapBounded } from '../core/map-bounded.ts';
import type { Environment } from '../detection/config.ts';
import type { Analyse } from '../kql/analysis-memory.ts';
import type { WorkspaceSchema } from '../kql/schemas/workspace-schema.ts';
import { renderCountProgress } from '../report/render-count-progress.ts';
import { openFindingsCache } from '../validate/findings-cache.ts';
import { loadWorkspaceSchema } from '../validate/load-workspace-schema.ts';
import { prepareEnvironment, type EnvironmentPreparation } from '../validate/prepare-environment.ts';
import { validateContent, type ContentValidation } from '../validate/validate-content.ts';
import type { Host } from './host.ts';
import type { Project } from './project.ts';
import { version } from './version.ts';

/** Content with what its queries were bound to. */
export interface ProjectValidation extends ContentValidation {
  readonly schema: WorkspaceSchema;
}

/**
 * Validates files of a project against the schema of the tool and of the repository, with progress on a terminal. What was
 * found in a file is remembered below `.kustodian/`, so that only changed files cost time.
 *
 * @param options `only`: the files to report on, all of them if left out; `isPart`: `files` are not the whole repository;
 *   `analyse`: analyses queries, for who will ask for the same ones again
 */
export async function validateProject(
  host: Host,
  { fs }: Project,
  files: readonly string[],
  {
    only,
    isPart = false,
    analyse,
  }: {
    readonly only?: ReadonlySet<string> | undefined;
    readonly isPart?: boolean;
    readonly analyse?: Analyse;
  } = {},
): Promise<ProjectValidation> {
  // Many files make much short-lived data: with more room for it, the collector takes half the time.
  setFlagsFromString('--max-semi-space-size=64');
  const { schema, fingerprint, diagnostics } = await loadWorkspaceSchema(fs);
  const cache = await openFindingsCache(fs, `${await toolFingerprint()} ${fingerprint}`);
  const content = await validateContent(fs, files, {
    schema,
    signal: host.signal,
    only,
    cache,
    analyse,
    onProgress: (done, total) => {
      if (host.stderr.isTerminal) host.stderr.write(renderCountProgress('validating', done, total));
    },
  });
  if (host.stderr.isTerminal)
    host.stderr.write(renderCountProgress('validating', files.length, files.length));
  await cache.save({ keepOthers: only !== undefined || isPart });
  return {
    ...content,
    schema,
    diagnostics: [...diagnostics, ...content.diagnostics].sort(compareDiagnostics),
  };
}

/** What validated content comes to in an environment, judged by the schema that the environment pins, too. */
export async function prepareForEnvironment(
  { fs }: Project,
  { loaded, schema, diagnostics }: ProjectValidation,
  environment: Environment,
  isPart = false,
): Promise<EnvironmentPreparation> {
  // A file that did not load may be the one that an override is for.
  const partial = isPart || hasErrors(diagnostics);
  if (environment.schema === undefined) return prepareEnvironment(loaded, environment, schema, { partial });
  const pinned = await loadWorkspaceSchema(fs, environment.schema);
  const prepared = prepareEnvironment(loaded, environment, schema, { partial, pinned: pinned.schema });
  const own = pinned.diagnostics.filter(({ file }) => file === environment.schema);
  return { ...prepared, diagnostics: [...own, ...prepared.diagnostics] };
}

/** Changes with the tool: its version, and for those who work on it the code that finds things. */
async function toolFingerprint(): Promise<string> {
  const rooms = ['checks', 'compile', 'core', 'detection', 'kql', 'sentinel', 'validate'];
  const folders = rooms.map((room) => fileURLToPath(new URL(`../${room}/`, import.meta.url)));
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true }))
        .filter((entry) => /\.(?:js|ts|json)$/.test(entry))
        .sort()
        .map((entry) => `${folder}/${entry}`),
    ),
  );
  const contents = await mapBounded(files.flat(), 32, (file) => readFile(file));
  const hash = createHash('sha256').update(version);
  for (const content of contents) hash.update(`${content.length}\n`).update(content);
  return hash.digest('hex');
}
