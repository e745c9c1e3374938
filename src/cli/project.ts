import { dirname, join, relative } from 'node:path/posix';
import type { Diagnostic } from '../core/diagnostic.ts';
import { hasErrors } from '../core/diagnostic.ts';
import { ToolError } from '../core/tool-error.ts';
import type { FileSystem } from '../core/file-system.ts';
import type { Config } from '../detection/config.ts';
import { loadConfig } from '../detection/load-config.ts';
import { checkLevels } from '../validate/check-levels.ts';
import { allCodes } from '../validate/codes.ts';
import { findSuppressions, type Suppression } from '../validate/find-suppressions.ts';
import { isContentFile } from '../validate/validate-content.ts';
import type { Host } from './host.ts';
import { writeDiagnostics } from './write-diagnostics.ts';

/** The name of the configuration file; the folder that holds it is the root of the project. */
export const configFile = 'kustodian.yaml';

/** A repository with a kustodian.yaml: paths below are relative to `root`, and so are the paths in findings. */
export interface Project {
  readonly root: string;
  /** Reads and writes relative to the root. */
  readonly fs: FileSystem;
  readonly config: Config;
  /** Warnings about kustodian.yaml itself. */
  readonly diagnostics: readonly Diagnostic[];
  /** The suppressions that stand in kustodian.yaml. */
  readonly suppressions: readonly Suppression[];
}

/**
 * Finds kustodian.yaml in the working directory or above and loads it.
 *
 * @throws ToolError `config-invalid` if there is none, or if it has errors: they are on stderr then
 */
export async function openProject(host: Host): Promise<Project> {
  for (let folder = host.cwd; ; folder = dirname(folder)) {
    const fs = host.fileSystem(folder);
    const bytes = await fs.readFileIfExists(configFile);
    if (bytes !== undefined) {
      const { config, diagnostics: found } = loadConfig(configFile, bytes);
      const diagnostics = config === undefined ? found : [...found, ...checkLevels(config, allCodes)];
      if (config === undefined || hasErrors(diagnostics)) {
        await writeDiagnostics(diagnostics, 'text', { host, output: host.stderr, fs });
        throw new ToolError('config-invalid', `${configFile} has errors; nothing was done`);
      }
      const suppressions = findSuppressions(configFile, bytes);
      return { root: folder, fs, config, diagnostics, suppressions };
    }
    if (dirname(folder) === folder) break;
  }
  throw new ToolError('config-invalid', `there is no ${configFile} in "${host.cwd}" or above it`, {
    hint: 'run inside a Kustodian repository, whose root holds kustodian.yaml',
  });
}

/**
 * The content files that the user means: those at or below the given paths (relative to the working directory), or else
 * everything below the configured folder. The result is relative to the root and sorted.
 *
 * @throws ToolError `file-missing` if a path does not exist, `usage` if it holds no YAML file or lies outside the root
 */
export async function findContentFiles(
  host: Host,
  project: Project,
  paths: readonly string[],
): Promise<readonly string[]> {
  const wanted =
    paths.length === 0 ? [project.config.detections] : paths.map((path) => toRootPath(host, project, path));
  const files = new Set<string>();
  for (const path of wanted) {
    const found = (await project.fs.listFiles(path)).filter(isContentFile);
    if (found.length === 0) {
      throw new ToolError('usage', `"${path}" holds no YAML file`, {
        hint: 'detections end in .yaml or .yml',
      });
    }
    for (const file of found) files.add(file);
  }
  return [...files].sort();
}

/** A path that the user typed, relative to the root. */
export function toRootPath(host: Host, project: Project, path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const absolute =
    slashed.startsWith('/') || /^[A-Za-z]:\//.test(slashed) ? slashed : join(host.cwd, slashed);
  const inRoot = relative(project.root, absolute);
  if (inRoot === '..' || inRoot.startsWith('../')) {
    throw new ToolError('usage', `"${path}" lies outside the repository "${project.root}"`);
  }
  return inRoot === '' ? '.' : inRoot;
}
