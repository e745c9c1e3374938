/** One `providers/{namespace}/{type}/{name}/…` stretch of an ARM path. A list request has one type more than names. */
export interface ProviderPath {
  readonly namespace: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/** A path of Azure Resource Manager, in the caller's casing, unescaped. */
export interface ArmPath {
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  readonly providers: readonly ProviderPath[];
  /** Everything before the last `/providers/`: the scope of an extension resource. */
  readonly scope: string;
}

/**
 * Takes an ARM path apart; undefined if it is none. Fixed segments compare without case, and empty ones are skipped,
 * since a client of the service sends `//subscriptions`.
 */
export function parseArmPath(pathname: string): ArmPath | undefined {
  const segments = unescapeSegments(pathname);
  if (segments === undefined) return undefined;
  // Deployments have a short way to them too.
  if (segments[4]?.toLowerCase() === 'deployments') segments.splice(4, 0, 'providers', 'Microsoft.Resources');
  let at = 0;
  const take = (keyword: string): string | undefined => {
    if (segments[at]?.toLowerCase() !== keyword) return undefined;
    const value = segments[at + 1];
    if (value !== undefined) at += 2;
    return value;
  };
  const subscriptionId = take('subscriptions');
  const resourceGroup = subscriptionId === undefined ? undefined : take('resourcegroups');
  const providers: ProviderPath[] = [];
  let scope = '';
  while (at < segments.length) {
    scope = `/${segments.slice(0, at).join('/')}`;
    const namespace = take('providers');
    if (namespace === undefined) return undefined;
    const end = segments.findIndex((segment, index) => index >= at && segment.toLowerCase() === 'providers');
    const rest = segments.slice(at, end === -1 ? segments.length : end);
    at += rest.length;
    providers.push({
      namespace,
      types: rest.filter((_, index) => index % 2 === 0),
      names: rest.filter((_, index) => index % 2 === 1),
    });
  }
  return {
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    providers,
    scope,
  };
}

function unescapeSegments(pathname: string): string[] | undefined {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** A path with every segment escaped, whatever names hold. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
