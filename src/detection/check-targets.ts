import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { AuthoredConfig } from './normalise-config.ts';
import type { SourceDocument } from './source-document.ts';

type AuthoredEnvironment = AuthoredConfig['environments'][string];

/**
 * Finds what would make two targets one: names that differ in case only, since the files of a target are named after it and
 * many disks do not tell case apart; and workspaces of one environment with the same address. And what is no target yet: a
 * workspace in Azure without its address.
 */
export function checkTargets(document: SourceDocument, config: AuthoredConfig): readonly Diagnostic[] {
  const environments = Object.keys(config.environments).map((name) => ({
    name,
    pointer: joinPointer('/environments', name),
  }));
  return [
    ...checkNames(document, 'environment', environments),
    ...Object.entries(config.environments).flatMap(([name, environment]) => {
      const base = joinPointer('/environments', name, 'workspaces');
      const workspaces = (environment.workspaces ?? []).flatMap((workspace, index) =>
        workspace === null ? [] : [{ ...workspace, pointer: joinPointer(base, index) }],
      );
      const names = workspaces.map((each) => ({
        name: each.name,
        pointer: joinPointer(each.pointer, 'name'),
      }));
      return [
        ...checkNames(document, 'workspace', names),
        ...checkAddresses(document, environment, workspaces),
      ];
    }),
  ];
}

interface Named {
  readonly name: string;
  readonly pointer: string;
}

function checkNames(document: SourceDocument, what: string, all: readonly Named[]): readonly Diagnostic[] {
  const earlier = new Map<string, string>();
  return all.flatMap(({ name, pointer }): readonly Diagnostic[] => {
    const first = earlier.get(name.toLowerCase());
    if (first === undefined) {
      earlier.set(name.toLowerCase(), name);
      return [];
    }
    const message =
      first === name
        ? `there is another ${what} "${name}"`
        : `${what} "${name}" differs from "${first}" in case only`;
    return [
      invalid(
        document,
        pointer,
        message,
        'rename one: its files are named after it, on disks without case too',
      ),
    ];
  });
}

const addressKeys = ['subscriptionId', 'resourceGroup', 'workspace'] as const;

function checkAddresses(
  document: SourceDocument,
  environment: AuthoredEnvironment,
  workspaces: readonly (Named & NonNullable<NonNullable<AuthoredEnvironment['workspaces']>[number]>)[],
): readonly Diagnostic[] {
  if (environment.cloud === 'local') return [];
  const earlier = new Map<string, string>();
  return workspaces.flatMap((workspace): readonly Diagnostic[] => {
    const address = addressKeys.map((key) => workspace[key] ?? environment[key]);
    const missing = addressKeys.filter((_, index) => address[index] === undefined);
    if (missing.length > 0) {
      return missing.map((key) => ({
        ...invalid(document, workspace.pointer, `workspace "${workspace.name}" has no ${key}`, `add ${key}`),
        code: 'missing-key',
      }));
    }
    const key = address.join('/').toLowerCase();
    const first = earlier.get(key);
    earlier.set(key, first ?? workspace.name);
    if (first === undefined) return [];
    const message = `workspace "${workspace.name}" has the same address as "${first}"`;
    return [invalid(document, workspace.pointer, message, 'correct the address, or remove one of the two')];
  });
}

function invalid(document: SourceDocument, pointer: string, message: string, hint: string): Diagnostic {
  const span = document.spanOf(pointer, pointer.endsWith('/name') ? 'value' : 'key');
  return { code: 'invalid-value', severity: 'error', message, file: document.file, span, hint };
}
