import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import { nearestName } from '../core/nearest-name.ts';
import { ToolError } from '../core/tool-error.ts';
import { checkConfigValues } from './check-config-values.ts';
import type { Config, Environment } from './config.ts';
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
 * The environment of that name.
 *
 * @throws ToolError `environment-unknown`, with the nearest name or all of them
 */
export function findEnvironment(config: Config, name: string): Environment {
  const environment = config.environments.get(name);
  if (environment !== undefined) return environment;
  const names = [...config.environments.keys()];
  const nearest = nearestName(name, names);
  throw new ToolError('environment-unknown', `"${name}" is no environment of kustodian.yaml`, {
    hint: nearest === undefined ? `its environments are ${names.join(', ')}` : `did you mean "${nearest}"?`,
  });
}
