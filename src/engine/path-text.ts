import type { Value } from './value.ts';

const url =
  /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:([^/?#@:]*)(?::([^/?#@]*))?@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const relative = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** The parts of a URL as `parse_url()` names them; what is missing is empty. https://learn.microsoft.com/kusto/query/parse-url-function */
export function parseUrl(text: string): Value {
  const [, scheme, user, password, host, port, path, query, fragment] = url.exec(text) ?? [];
  if (scheme === undefined) {
    const [, rest, search, anchor] = relative.exec(text) ?? [];
    return urlParts([undefined, undefined, undefined, rest, undefined, undefined, anchor], search);
  }
  // The documentation's example has no slash at the start of the path.
  return urlParts([scheme, host, port, path?.replace(/^\//, ''), user, password, fragment], query);
}

function urlParts(parts: readonly (string | undefined)[], query: string | undefined): Value {
  const [scheme = '', host = '', port = '', path = '', user = '', password = '', fragment = ''] = parts;
  return new Map<string, Value>([
    ['Scheme', scheme],
    ['Host', host],
    ['Port', port],
    ['Path', path],
    ['Username', user],
    ['Password', password],
    ['Query Parameters', parametersOf(query ?? '')],
    ['Fragment', fragment],
  ]);
}

/** `parse_urlquery()`: one bag, `Query Parameters`. */
export function parseUrlQuery(text: string): Value {
  return new Map([['Query Parameters', parametersOf(text.replace(/^\?/, ''))]]);
}

function parametersOf(query: string): Value {
  const parameters = new Map<string, Value>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const at = pair.indexOf('=');
    parameters.set(at < 0 ? pair : pair.slice(0, at), at < 0 ? '' : pair.slice(at + 1));
  }
  return parameters;
}

const path = /^(?:([A-Za-z][\w+.-]+):\/\/)?((?:\\\\\?\\)?(?:([A-Za-z]:))?.*?)([^\\/]*)$/s;

/** The parts of a file's path as `parse_path()` names them. https://learn.microsoft.com/kusto/query/parse-path-function */
export function parsePath(text: string): Value {
  const [, scheme = '', leading = '', root = '', last = ''] = path.exec(text) ?? [];
  const stream = last.indexOf(':');
  const file = stream < 0 ? last : last.slice(0, stream);
  const directory = leading.replace(/[\\/]$/, '');
  const dot = file.lastIndexOf('.');
  return new Map<string, Value>([
    ['Scheme', scheme],
    ['RootPath', root],
    ['DirectoryPath', directory],
    ['DirectoryName', directory.split(/[\\/]/).at(-1) ?? ''],
    ['Filename', file],
    ['Extension', dot < 0 ? '' : file.slice(dot + 1)],
    ['AlternateDataStreamName', stream < 0 ? '' : last.slice(stream + 1)],
  ]);
}
