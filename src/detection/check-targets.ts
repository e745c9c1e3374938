import type { Diagnostic } from '../core/diagnostic.ts';
import { joinPointer } from '../core/json-pointer.ts';
import type { AuthoredConfig } from './normalise-config.ts';
import type { SourceDocument } from './source-document.ts';

type AuthoredEnvironment = AuthoredConfig['environments'][string];

/**
 * Finds what would make two targets one: names that differ in case only, since the files of a target are named after it and
 * many disks do not tell case apart; and two targets with one address, which would undo each other's deploys. And what is no
 * target: a workspace in Azure without its address, or with that of an emulator.
 */
export function checkTargets(document: SourceDocument, config: AuthoredConfig): readonly Diagnostic[] {
  const environments = Object.keys(config.environments).map((name) => ({
    name,
    pointer: joinPointer('/environments', name),
  }));
  return [
    ...checkNames(document, 'environment', environments),
    ...checkEndpoints(document, config),
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
        ...findIncomplete(document, environment, workspaces),
      ];
    }),
    ...checkAddresses(document, config),
  ];
}

/** Elsewhere than at an emulator, an endpoint could have somebody's credential sent to it. */
function checkEndpoints(document: SourceDocument, config: AuthoredConfig): readonly Diagnostic[] {
  return Object.entries(config.environments).flatMap(([name, { cloud, endpoint }]) => {
    if (endpoint === undefined || cloud === 'local') return [];
    const pointer = joinPointer('/environments', name, 'endpoint');
    const hint =
      'add "cloud: local", or remove the endpoint: a cloud of Azure has its own, and credentials go nowhere else';
    return [invalid(document, pointer, 'an endpoint is for an environment with "cloud: local" only', hint)];
  });
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

type AuthoredWorkspace = NonNullable<NonNullable<AuthoredEnvironment['workspaces']>[number]>;

function findIncomplete(
  document: SourceDocument,
  environment: AuthoredEnvironment,
  workspaces: readonly (Named & AuthoredWorkspace)[],
): readonly Diagnostic[] {
  if (environment.cloud === 'local') return [];
  return workspaces.flatMap((workspace) =>
    addressKeys
      .filter((key) => (workspace[key] ?? environment[key]) === undefined)
      .map((key) => ({
        ...invalid(document, workspace.pointer, `workspace "${workspace.name}" has no ${key}`, `add ${key}`),
        code: 'missing-key',
      })),
  );
}

/**
 * Two names for one workspace: what a deploy to the one selects, overrides and prunes, the next one to the other would undo.
 * Embedded workspaces have a state for each environment, so that their addresses say nothing.
 */
function checkAddresses(document: SourceDocument, config: AuthoredConfig): readonly Diagnostic[] {
  const earlier = new Map<string, Named>();
  const targets = Object.entries(config.environments).flatMap(([name, environment]) =>
    environment.cloud === 'local' ? [] : toTargets(name, environment),
  );
  return targets.flatMap(({ address, ...target }): readonly Diagnostic[] => {
    if (address === undefined) return [];
    const first = earlier.get(address);
    earlier.set(address, first ?? target);
    if (first === undefined) return [];
    const { line } = document.spanOf(first.pointer, 'key').start;
    const message = `${target.name} is the same workspace as ${first.name} in line ${line}: a deploy to one would undo that to the other`;
    return [invalid(document, target.pointer, message, 'correct the address, or remove one of the two')];
  });
}

function toTargets(
  name: string,
  environment: AuthoredEnvironment,
): readonly (Named & { readonly address: string | undefined })[] {
  const base = joinPointer('/environments', name);
  if (environment.workspaces === undefined) {
    return [{ name: `environment "${name}"`, pointer: base, address: toAddress(environment) }];
  }
  return environment.workspaces.flatMap((workspace, index) => {
    if (workspace === null) return [];
    const pointer = joinPointer(base, 'workspaces', index);
    const address = toAddress({ ...environment, ...workspace });
    return [{ name: `workspace "${name}/${workspace.name}"`, pointer, address }];
  });
}

/** Undefined where a part of it is missing, which is said elsewhere. Azure does not tell case apart. */
function toAddress(place: Pick<AuthoredEnvironment, (typeof addressKeys)[number]>): string | undefined {
  const parts = addressKeys.map((key) => place[key]);
  return parts.includes(undefined) ? undefined : parts.join('/').toLowerCase();
}

function invalid(document: SourceDocument, pointer: string, message: string, hint: string): Diagnostic {
  const span = document.spanOf(pointer, pointer.endsWith('/name') ? 'value' : 'key');
  return { code: 'invalid-value', severity: 'error', message, file: document.file, span, hint };
}
