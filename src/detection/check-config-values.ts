import type { Diagnostic } from '../core/diagnostic.ts';
import { isLoopbackOrigin } from '../core/loopback.ts';
import { joinPointer } from '../core/json-pointer.ts';
import { isJsonObject } from '../core/json.ts';
import { isApiVersion } from '../sentinel/api-versions.ts';
import { isGuid } from '../sentinel/names.ts';
import { alertSeverities } from '../sentinel/vocabulary.ts';
import { checkTargets } from './check-targets.ts';
import { toMoment, type AuthoredConfig } from './normalise-config.ts';
import type { SourceDocument } from './source-document.ts';

interface ValueCheck {
  readonly key: string;
  readonly isValid: (value: string) => boolean;
  readonly wanted: string;
  readonly hint: string;
}

const environmentChecks: readonly ValueCheck[] = [
  {
    key: 'tenantId',
    isValid: (value) => isGuid(value) || /^[\w-]+(?:\.[\w-]+)+$/.test(value),
    wanted: 'a tenant',
    hint: 'write its GUID or one of its domain names',
  },
  {
    key: 'endpoint',
    isValid: isLoopbackOrigin,
    wanted: 'the address of a workspace that is served on this machine',
    hint: 'write the URL that "kustodian emulator" prints, such as http://127.0.0.1:8080',
  },
  {
    key: 'subscriptionId',
    isValid: isGuid,
    wanted: 'the id of a subscription',
    hint: 'write its GUID: az account show --query id',
  },
  {
    key: 'resourceGroup',
    isValid: (value) => /^[\p{L}\p{N}._()-]{1,90}(?<!\.)$/u.test(value),
    wanted: 'the name of a resource group',
    hint: 'write its name, not its resource id',
  },
  {
    key: 'workspace',
    isValid: (value) => /^[\da-z][\da-z-]{2,61}[\da-z]$/i.test(value),
    wanted: 'the name of a workspace',
    hint: 'write its name, not its resource id; a name has 4 to 63 letters, digits and hyphens',
  },
  {
    key: 'workspaceId',
    isValid: isGuid,
    wanted: 'the id of a workspace',
    hint: 'write its GUID: az monitor log-analytics workspace show --query customerId',
  },
  {
    key: 'apiVersion',
    isValid: isApiVersion,
    wanted: 'an api-version',
    hint: 'an api-version starts with a date, such as 2025-09-01',
  },
];

const configChecks: readonly ValueCheck[] = [
  {
    key: 'owner',
    isValid: (value) => /^[\da-z][\da-z._-]{0,63}$/i.test(value),
    wanted: 'an owner id',
    hint: 'use 1 to 64 letters, digits, dots, hyphens and underscores, such as contoso-soc',
  },
  {
    key: 'detections',
    isValid: isBelowRoot,
    wanted: 'a folder below the repository root',
    hint: 'write a path relative to kustodian.yaml, with forward slashes',
  },
  {
    key: 'baseline',
    isValid: (value) => isBelowRoot(value) && value.endsWith('.json'),
    wanted: 'a JSON file below the repository root',
    hint: 'write a path relative to kustodian.yaml, such as .kustodian-baseline.json',
  },
];

/** A single word; the words of a list are judged by the schema. A misspelt one would silently pick nothing. */
const selectorChecks: readonly ValueCheck[] = [
  wordCheck('status', ['experimental', 'test', 'stable', 'deprecated']),
  wordCheck('severity', alertSeverities),
  wordCheck('kind', ['Scheduled', 'NRT', 'MicrosoftSecurityIncidentCreation', 'Hunting']),
];

function wordCheck(key: string, words: readonly string[]): ValueCheck {
  const known = new Set(words.map((word) => word.toLowerCase()));
  return {
    key,
    isValid: (value) => known.has(value.toLowerCase()),
    wanted: `a ${key} that a detection can have`,
    hint: `use ${words.join(', ')}`,
  };
}

function isBelowRoot(path: string): boolean {
  return !/^[/~]|^[a-z]:|\\/i.test(path) && !path.split('/').includes('..');
}

/** Finds values of kustodian.yaml that its schema lets pass and that nothing could be done with. */
export function checkConfigValues(document: SourceDocument, config: AuthoredConfig): readonly Diagnostic[] {
  return [
    ...checkValues(document, '', config, configChecks),
    ...Object.entries(config.environments).flatMap(([name, environment]) => {
      const base = joinPointer('/environments', name);
      const workspaces = (environment.workspaces ?? []).flatMap((workspace, index) =>
        workspace === null ? [] : checkPlace(document, joinPointer(base, 'workspaces', index), workspace),
      );
      return [...checkPlace(document, base, environment), ...workspaces];
    }),
    ...checkTargets(document, config),
    ...checkEntries(document, config, 'holds', 'until'),
    ...checkEntries(document, config, 'acknowledgedDrift', 'expires'),
  ];
}

/** What is said of detections for a time: the time, and for which environments. */
function checkEntries(
  document: SourceDocument,
  config: AuthoredConfig,
  list: 'holds' | 'acknowledgedDrift',
  end: 'until' | 'expires',
): readonly Diagnostic[] {
  const names = new Set(
    Object.entries(config.environments).flatMap(([name, { workspaces = [] }]) => [
      name,
      ...workspaces.flatMap((workspace) => (workspace === null ? [] : [`${name}/${workspace.name}`])),
    ]),
  );
  const time: ValueCheck = {
    key: end,
    isValid: (value) => toMoment(value) !== undefined,
    wanted: 'a day of the calendar',
    hint: 'write it like 2026-12-31, or 2026-12-31T18:00Z',
  };
  const isEnvironment = (value: string): boolean => names.has(value);
  return (config[list] ?? []).flatMap((entry, index) => {
    if (entry === null) return [];
    const base = joinPointer('', list, index);
    const { environments = [] } = entry;
    const isOne = typeof environments === 'string';
    const wanted = isOne ? [environments] : environments;
    const checks = wanted.map((_, item) => ({
      key: isOne ? 'environments' : String(item),
      isValid: isEnvironment,
      wanted: 'an environment of this file',
      hint: `its environments are ${[...names].join(', ')}`,
    }));
    const place = isOne ? base : joinPointer(base, 'environments');
    return [
      ...checkValues(document, base, entry, [time]),
      ...checkValues(document, place, isOne ? entry : Object.fromEntries(wanted.entries()), checks),
    ];
  });
}

/** The values of an environment, or of one of its workspaces. */
function checkPlace(
  document: SourceDocument,
  base: string,
  values: AuthoredConfig['environments'][string],
): readonly Diagnostic[] {
  return [
    ...checkValues(document, base, values, environmentChecks),
    ...listSelectors(values, base).flatMap(({ pointer, selector }) =>
      checkValues(document, pointer, selector, selectorChecks),
    ),
  ];
}

/** The selectors of an environment with their places, whether written alone or in a list. */
function listSelectors(
  { select, exclude, overrides }: AuthoredConfig['environments'][string],
  base: string,
): readonly { readonly pointer: string; readonly selector: object }[] {
  const inKey = (key: string, value: unknown) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => ({ pointer: joinPointer(base, key, index), selector: item }))
      : [{ pointer: joinPointer(base, key), selector: value }];
  const inOverrides = (overrides ?? []).map((override, index) => ({
    pointer: joinPointer(base, 'overrides', index, 'select'),
    selector: override?.select,
  }));
  return [...inKey('select', select), ...inKey('exclude', exclude), ...inOverrides].flatMap(
    ({ pointer, selector }) => (isJsonObject(selector) ? [{ pointer, selector }] : []),
  );
}

function checkValues(
  document: SourceDocument,
  base: string,
  values: object,
  checks: readonly ValueCheck[],
): readonly Diagnostic[] {
  const members = new Map<string, unknown>(Object.entries(values));
  return checks.flatMap(({ key, isValid, wanted, hint }): readonly Diagnostic[] => {
    const value = members.get(key);
    if (typeof value !== 'string' || isValid(value)) return [];
    return [
      {
        code: 'invalid-value',
        severity: 'error',
        message: `"${value}" is not ${wanted}`,
        file: document.file,
        span: document.spanOf(joinPointer(base, key)),
        hint,
      },
    ];
  });
}
