import type { JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { resourcesIn, type Exchange } from './exchange.ts';
import { namesResource } from './placeholders.ts';
import { send, type Session } from './session.ts';
import { standInBody } from './stand-in-bodies.ts';

/** Puts in place what the answer of an exchange shows to have been there, and takes away what it shows not to have been. */
export async function prepare(session: Session, exchange: Exchange, url: string): Promise<void> {
  await createParent(session, exchange, url);
  if (!namesResource(exchange.path)) {
    await createItems(session, exchange, url);
    return;
  }
  const isThere = await exists(session, exchange, url);
  const wasThere = wasThereBefore(exchange);
  if (isThere && wasThere === false) await send(session, 'DELETE', url, exchange.api_version);
  if (!isThere && wasThere === true) await seed(session, exchange, url);
}

/** Writes the items of a list in its order. What is there already, but would come too early, is written anew. */
async function createItems(session: Session, exchange: Exchange, url: string): Promise<void> {
  let isInOrder = true;
  for (const item of resourcesIn(exchange)) {
    const { name } = item;
    if (typeof name !== 'string') continue;
    const itemUrl = `${url}/${encodeURIComponent(name)}`;
    if (!isInOrder) await send(session, 'DELETE', itemUrl, exchange.api_version);
    if (await exists(session, exchange, itemUrl)) continue;
    await write(session, exchange, itemUrl, item);
    isInOrder = false;
  }
}

/** Undefined if the answer does not tell: some types answer 200 whether they are created or updated. */
function wasThereBefore({ method, path, request_body: body, status }: Exchange): boolean | undefined {
  if (status === 404 || status === 201) return false;
  if (status === 409) return true;
  if (method !== 'PUT') return status < 300;
  if (isJsonObject(body) && body['etag'] !== undefined) return true;
  return /\/(alertRules|metadata|actions|onboardingStates)\/[^/]+$/.test(path) && status === 200
    ? true
    : undefined;
}

/** Writes the resource that an exchange shows, in the casing of its id; or one of its kind, if none is shown. */
async function seed(session: Session, exchange: Exchange, url: string): Promise<void> {
  const [shown] = resourcesIn(exchange);
  const id = shown?.['id'];
  if (exchange.method === 'PUT' && isJsonObject(exchange.request_body)) {
    await write(session, exchange, url, exchange.request_body);
  } else {
    await write(session, exchange, typeof id === 'string' ? encodeURI(id) : url, shown ?? standInBody(url));
  }
}

async function createParent(session: Session, exchange: Exchange, url: string): Promise<void> {
  const parent = /^(.*\/(?:alertRules|watchlists)\/[^/]+)\//.exec(url)?.[1];
  if (parent !== undefined && !(await exists(session, exchange, parent))) {
    await write(session, exchange, parent, standInBody(parent));
  }
}

async function exists(session: Session, { api_version }: Exchange, url: string): Promise<boolean> {
  return (await send(session, 'GET', url, api_version)).status === 200;
}

async function write(
  session: Session,
  exchange: Exchange,
  url: string,
  { kind, properties }: JsonObject,
): Promise<void> {
  const body = { ...(kind === undefined ? {} : { kind }), properties };
  const { status, body: answer } = await send(session, 'PUT', url, exchange.api_version, body);
  if (status >= 300) throw new Error(`cannot write the state before ${exchange.path}: ${status} ${answer}`);
}
