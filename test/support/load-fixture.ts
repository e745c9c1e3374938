import type { Environment } from '../../src/detection/config.ts';
import { findEnvironment, loadConfig } from '../../src/detection/load-config.ts';
import { loadDetection } from '../../src/detection/load-detection.ts';
import type { LoadedDetection } from '../../src/detection/loaded-detection.ts';

/** Loads a detection that a test holds as YAML; it must be without errors. */
export function loadYaml(yaml: string, file = 'detections/x.yaml'): LoadedDetection {
  const result = loadDetection(file, new TextEncoder().encode(yaml));
  if (result.type === 'detection') return result.loaded;
  throw new Error(`"${file}" is ${result.type}: ${JSON.stringify(result.diagnostics)}`);
}

/** Loads an environment called staging from the YAML of its members, each line indented by four. */
export function loadStaging(members: string): Environment {
  const text = `owner: contoso-soc\nenvironments:\n  staging:\n    cloud: local\n${members}`;
  const { config, diagnostics } = loadConfig('kustodian.yaml', new TextEncoder().encode(text));
  if (config === undefined) throw new Error(JSON.stringify(diagnostics));
  return findEnvironment(config, 'staging');
}
