import { isJsonArray, isJsonObject, type JsonValue } from '../core/json.ts';
import { isAllowed, type Permission } from '../sentinel/allowed-actions.ts';
import type { Checkup } from '../sentinel/checkup.ts';
import { actionsFor, type Purpose } from '../sentinel/required-actions.ts';
import type { Ask } from './examine-workspace.ts';
import { readObject } from './read-object.ts';
import { permissionsUrl, workspaceResourceId, type WorkspaceAddress } from './resource-routes.ts';
import { readServiceFailure } from './service-failure.ts';

const roles: Readonly<Record<Purpose, string>> = {
  plan: 'Microsoft Sentinel Reader',
  deploy: 'Microsoft Sentinel Contributor',
};

/** Whether the roles of the identity allow all that is needed for the purpose. */
export async function checkPermissions(
  ask: Ask,
  address: WorkspaceAddress,
  purpose: Purpose,
): Promise<Checkup> {
  const check = { id: 'permissions', title: `role assignments, to ${purpose}` };
  const response = await ask(permissionsUrl(address));
  const permissions = response.status === 200 ? toPermissions(response.text) : undefined;
  if (permissions === undefined) {
    const { code, status } = readServiceFailure(response);
    return {
      ...check,
      status: 'unknown',
      detail: `they cannot be listed: ${code ?? 'answer'} (${status})`,
    };
  }
  const needed = actionsFor(purpose);
  const missing = needed.filter(({ action }) => !isAllowed(action, permissions)).map(({ action }) => action);
  if (missing.length === 0) {
    return { ...check, status: 'pass', detail: `all ${needed.length} actions are allowed` };
  }
  return {
    ...check,
    status: 'fail',
    detail: `not allowed: ${missing.join(', ')}`,
    remedy: `assign the role "${roles[purpose]}", or one of docs/permissions.md, on ${workspaceResourceId(address)}; a new assignment may take some minutes to work`,
  };
}

/** Undefined if the answer is no list of permissions. */
function toPermissions(text: string): readonly Permission[] | undefined {
  const value = readObject(text)?.['value'];
  if (!isJsonArray(value)) return undefined;
  return value.filter(isJsonObject).map(({ actions, notActions }) => ({
    actions: toTexts(actions),
    notActions: toTexts(notActions),
  }));
}

function toTexts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
