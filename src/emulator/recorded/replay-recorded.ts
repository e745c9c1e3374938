import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { compareBodies, compareHeaders } from './compare-answers.ts';
import { supersededBy, type Exchange } from './exchange.ts';
import { fillPath, placeholdersOf } from './placeholders.ts';
import { prepare } from './prior-state.ts';
import { createSession, send, type Session } from './session.ts';
import { standInBody } from './stand-in-bodies.ts';

/** What became of one exchange. */
export interface ReplayResult {
  readonly exchange: Exchange;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Differences of a failed one, the cause of a skipped one. */
  readonly details: readonly string[];
}

/**
 * Sends every recorded request to an emulator and compares the answers. Exchanges of one source share an emulator and
 * follow each other; what they take for granted is put there first.
 */
export async function replayRecorded(exchanges: readonly Exchange[]): Promise<readonly ReplayResult[]> {
  const sources = [...new Set(exchanges.map((exchange) => exchange.source))];
  const results: ReplayResult[] = [];
  for (const source of sources) {
    const session = createSession(exchanges.filter((exchange) => exchange.source === source));
    for (const exchange of session.exchanges) {
      const newer = supersededBy(exchange, exchanges);
      if (newer === undefined) {
        const details = await replay(session, exchange);
        results.push({ exchange, outcome: details.length === 0 ? 'passed' : 'failed', details });
      } else {
        const cause = `the service answers the same request otherwise since: ${newer.source}`;
        results.push({ exchange, outcome: 'skipped', details: [cause] });
      }
    }
  }
  return results;
}

/** What differs from the recording. */
async function replay(session: Session, exchange: Exchange): Promise<readonly string[]> {
  const own = placeholdersOf(exchange);
  const url = fillPath(
    exchange.path,
    new Map([...own, ...session.names, ...(exchange.method === 'GET' ? [] : own)]),
  );
  await prepare(session, exchange, url);
  const body = await requestBody(session, exchange, url);
  const response = await send(session, exchange.method, url, exchange.api_version, body);
  const answered = response.body === '' ? null : (JSON.parse(response.body) as JsonValue);
  return [
    ...(response.status === exchange.status
      ? []
      : [`status ${exchange.status} was recorded, ${response.status} was answered: ${response.body}`]),
    ...compareHeaders(exchange.response_headers, response.headers),
    ...compareBodies(exchange.response_body, answered),
  ];
}

/** The recorded body, but with the etag that the resource has here; for a report without a body, one that fits. */
async function requestBody(
  session: Session,
  exchange: Exchange,
  url: string,
): Promise<JsonObject | undefined> {
  if (exchange.method === 'GET' || exchange.method === 'DELETE') return undefined;
  if (!isJsonObject(exchange.request_body)) return standInBody(url);
  if (exchange.request_body['etag'] === undefined) return exchange.request_body;
  const current = JSON.parse((await send(session, 'GET', url, exchange.api_version)).body) as JsonObject;
  return { ...exchange.request_body, etag: current['etag'] };
}
