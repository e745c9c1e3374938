import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { ToolError } from '../core/tool-error.ts';
import { armError } from './arm-error.ts';
import {
  toPlainResponse,
  TransportFailure,
  type EmulatorRequest,
  type EmulatorResponse,
  type Handler,
} from './http.ts';

export interface ServerOptions {
  readonly handle: Handler;
  /** The loopback by default: the emulator is not for other machines. */
  readonly host?: string;
  /** Any free port by default. */
  readonly port?: number;
  /** Key and certificate in PEM; without them the server speaks plain http. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Told what went wrong inside, which the client only sees as 500. */
  readonly onFailure?: (error: unknown) => void;
}

export interface RunningServer {
  /** Scheme, host and port. */
  readonly url: string;
  /** Ends the server and every open connection. */
  stop(): Promise<void>;
}

/** Azure Resource Manager takes no more. */
const longestBody = 4 * 1024 * 1024;

const tooLong = armError(413, 'RequestContentTooLarge', 'The request body is longer than 4 MB.');
const noUrl = armError(400, 'BadRequest', 'The request has no valid URL.');

/**
 * Serves a handler over http or https.
 *
 * @throws ToolError `usage` if the port cannot be had
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, tls } = options;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void serve(options, request, response);
  };
  const server = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(cannotListen(host, port, error));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${hostOf(address)}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function serve(
  options: ServerOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const response = await answer(options, incoming);
    outgoing.writeHead(response.status, {
      ...response.headers,
      ...(response.status === 204 ? {} : { 'content-length': Buffer.byteLength(response.body) }),
    });
    if (response.bodyDelayMs !== undefined) {
      outgoing.flushHeaders();
      await waitWhileOpen(response.bodyDelayMs, outgoing);
    }
    outgoing.end(response.body);
  } catch (error) {
    if (!(error instanceof TransportFailure)) options.onFailure?.(error);
    incoming.socket.destroy();
  }
}

/** A client that has gone away is not waited for. */
async function waitWhileOpen(milliseconds: number, outgoing: ServerResponse): Promise<void> {
  const closed = new AbortController();
  outgoing.once('close', () => {
    closed.abort();
  });
  await setTimeout(milliseconds, undefined, { signal: closed.signal }).catch(() => undefined);
}

async function answer(options: ServerOptions, incoming: IncomingMessage): Promise<EmulatorResponse> {
  const request = await readRequest(incoming, options.tls === undefined ? 'http' : 'https');
  if (request === 'too-long') return toPlainResponse(tooLong);
  if (request === undefined) return toPlainResponse(noUrl);
  try {
    return await options.handle(request);
  } catch (error) {
    if (error instanceof TransportFailure) throw error;
    options.onFailure?.(error);
    const message = error instanceof ToolError ? error.message : 'The emulator failed.';
    return toPlainResponse(armError(500, 'InternalServerError', message));
  }
}

async function readRequest(
  incoming: IncomingMessage,
  scheme: string,
): Promise<EmulatorRequest | 'too-long' | undefined> {
  const url = `${scheme}://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
  }
  if (length > longestBody) return 'too-long';
  if (!URL.canParse(url)) return undefined;
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: incoming.method ?? 'GET', url, headers, ...(body === '' ? {} : { body }) };
}

function hostOf({ address, family }: AddressInfo): string {
  return family === 'IPv6' ? `[${address}]` : address;
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): ToolError {
  const reason = error.code === 'EADDRINUSE' ? 'the port is in use' : error.message;
  return new ToolError('usage', `cannot listen on ${host}:${port}: ${reason}`, {
    cause: error,
    hint: 'choose another port, or leave it out to get a free one',
  });
}
