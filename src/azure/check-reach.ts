import type { Checkup } from '../sentinel/checkup.ts';
import type { ReadKind } from '../sentinel/resource.ts';
import type { Ask } from './examine-workspace.ts';
import { resourceRoutes, resourceUrl, type WorkspaceAddress } from './resource-routes.ts';
import { readServiceFailure } from './service-failure.ts';

/** Actions are listed below single alert rules only. */
const kinds: readonly ReadKind[] = [
  'alertRule',
  'metadata',
  'savedSearch',
  'automationRule',
  'watchlist',
  'table',
];

/** Whether each kind of resource can be listed, with the api-version that it is asked for with. */
export function checkReach(
  ask: Ask,
  address: WorkspaceAddress,
  apiVersion: string,
): Promise<readonly Checkup[]> {
  return Promise.all(
    kinds.map(async (kind): Promise<Checkup> => {
      const { plural, readerRole } = resourceRoutes[kind];
      const url = resourceUrl(address, kind, apiVersion);
      const version = new URLSearchParams(url.split('?')[1]).get('api-version') ?? '';
      const check = { id: `reach-${kind}`, title: `${plural}, api-version ${version}` };
      const response = await ask(url);
      if (response.status === 200) return { ...check, status: 'pass', detail: 'can be listed' };
      const { code, message = 'no reason given', status } = readServiceFailure(response);
      return {
        ...check,
        status: 'fail',
        detail: `${code ?? 'answer'} (${status}): ${message}`,
        remedy:
          status === 401 || status === 403
            ? `give the identity at least the role "${readerRole}" on the workspace`
            : status === 400
              ? 'check apiVersion of the environment, and that Microsoft Sentinel is enabled'
              : 'run again later; if it stays so, report it with the message',
      };
    }),
  );
}
