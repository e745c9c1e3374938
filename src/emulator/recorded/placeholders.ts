import { isJsonObject } from '../../core/json.ts';
import { resourcesIn, type Exchange } from './exchange.ts';

/** What the placeholders of a recorded path stand for. */
export type Placeholders = ReadonlyMap<string, string>;

/** The names that an exchange tells: in the ids of its answer, or quoted in its error. */
export function placeholdersOf(exchange: Exchange): Placeholders {
  const names = new Map<string, string>();
  const template = exchange.path.split('/');
  for (const { id } of resourcesIn(exchange)) {
    if (typeof id !== 'string') continue;
    id.split('/').forEach((segment, index) => {
      const name = placeholderIn(template[index]);
      if (name !== undefined && !names.has(name)) names.set(name, segment);
    });
  }
  const last = placeholderIn(template.at(-1));
  const missing = /^[^']*'([^'/]+)'/.exec(messageOf(exchange))?.[1];
  if (exchange.status === 404 && last !== undefined && missing !== undefined) names.set(last, missing);
  return names;
}

/** True if a path ends in the name of one resource, false if in a collection. */
export function namesResource(path: string): boolean {
  return (
    placeholderIn(path.split('/').at(-1)) !== undefined || path.split('/').filter(Boolean).length % 2 === 0
  );
}

/** The path with names in place of placeholders; one that nobody tells stands for anything. */
export function fillPath(path: string, names: Placeholders): string {
  return path
    .split('/')
    .map((segment) => {
      const name = placeholderIn(segment);
      return encodeURIComponent(name === undefined ? segment : (names.get(name) ?? 'anything'));
    })
    .join('/');
}

function placeholderIn(segment: string | undefined): string | undefined {
  return /^\{(.+)\}$/.exec(segment ?? '')?.[1];
}

function messageOf({ response_body: body }: Exchange): string {
  const error = isJsonObject(body) ? body['error'] : undefined;
  const message = isJsonObject(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message : '';
}
