import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import { nearestName } from '../core/nearest-name.ts';
import { ToolError } from '../core/tool-error.ts';
import { checkConfigValues } from './check-config-values.ts';
import { targetName, type Config, type Environment } from './config.ts';
import { normaliseConfig, type AuthoredConfig } from './normalise-config.ts';
import { parseYaml } from './parse-yaml.ts';
import { readDocument } from './schema-diagnostics.ts';

/** `config` is absent exactly when `diagnostics` holds an error. */
export interface ConfigResult {
  readonly config?: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads kustodian.yaml: YAML, schema, the values that a schema cannot judge, then one spelling of everything with the
 * defaults filled in.
 *
 * @param file the path as findings shall name it
 */
export function loadConfig(file: string, bytes: Uint8Array): ConfigResult {
  const { document, diagnostics: syntax } = parseYaml(file, bytes);
  if (document === undefined) return { diagnostics: syntax };
  const { data, diagnostics: findings } = readDocument(document, 'config');
  const schema = findings.map(refuseUnknownKey);
  if (hasErrors(schema)) return { diagnostics: [...syntax, ...schema] };
  const authored = data as AuthoredConfig; // the schema has just said so
  const diagnostics = [...syntax, ...schema, ...checkConfigValues(document, authored)];
  return hasErrors(diagnostics)
    ? { diagnostics }
    : { config: normaliseConfig(document, authored), diagnostics };
}

/**
 * Community detections carry keys of other tools, so one that is not known is only a warning there. Here it is an error: a
 * selector without it would pick more.
 */
function refuseUnknownKey(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === 'unknown-key' ? { ...diagnostic, severity: 'error' } : diagnostic;
}

/**
 * The one workspace of that name: an environment, or one of its workspaces as `customers/contoso`.
 *
 * @throws ToolError `environment-unknown`, with the nearest name or all of them; `usage` for an environment of many workspaces
 */
export function findEnvironment(config: Config, name: string): Environment {
  const [target, ...others] = findTargets(config, name);
  if (target !== undefined && others.length === 0) return target;
  const names = findTargets(config, name).map(targetName);
  throw new ToolError('usage', `environment "${name}" has ${names.length} workspaces, and this takes one`, {
    hint: `name it: one of ${names.join(', ')}`,
  });
}

/**
 * The workspaces of that name: all of an environment, or just the one that is named as `customers/contoso`, or by `member`.
 *
 * @throws ToolError `environment-unknown`, with the nearest name or all of them
 */
export function findTargets(config: Config, name: string, member?: string): readonly Environment[] {
  const wanted = member === undefined ? name : `${name}/${member}`;
  const exact = config.environments.get(wanted);
  if (exact !== undefined) return [exact];
  const all = [...config.environments.values()];
  const members = all.filter((environment) => environment.name === name);
  if (members.length > 0 && member === undefined) return members;
  if (members.length > 0) throw unknownMember(name, member ?? '', members);
  const names = [...new Set(all.map((environment) => environment.name))];
  const nearest = nearestName(name, [...names, ...config.environments.keys()]);
  throw new ToolError('environment-unknown', `"${name}" is no environment of kustodian.yaml`, {
    hint: nearest === undefined ? `its environments are ${names.join(', ')}` : `did you mean "${nearest}"?`,
  });
}

function unknownMember(name: string, wanted: string, members: readonly Environment[]): ToolError {
  const known = members.flatMap(({ member }) => member ?? []);
  const nearest = nearestName(wanted, known);
  const all =
    known.length === 0 ? 'it is one workspace: leave --workspace out' : `it has ${known.join(', ')}`;
  return new ToolError('environment-unknown', `environment "${name}" has no workspace "${wanted}"`, {
    hint: nearest === undefined ? all : `did you mean "${nearest}"?`,
  });
}
