import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { ArmPath } from './arm-path.ts';
import { refuse } from './arm-error.ts';
import type { EmulatorSettings } from './settings.ts';
import type { Principal, State, Workspace } from './state.ts';
import type { WriteStamp } from './write-stamp.ts';

/** An answer before it has headers and bytes. Without a body nothing is sent, not even `{}`. */
export interface Reply {
  readonly status: number;
  readonly body?: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What an operation on a resource type has to go by. */
export interface OperationContext {
  readonly settings: EmulatorSettings;
  readonly state: State;
  readonly path: ArmPath;
  readonly apiVersion: string;
  /** Scheme and host of the request, for links in answers. */
  readonly origin: string;
  readonly query: URLSearchParams;
  /** Text of the body; empty if there is none. */
  readonly body: string;
  readonly principal: Principal;
  readonly now: () => Date;
  /** The time and number of a write: call it once for each. */
  readonly stamp: () => WriteStamp;
  readonly newGuid: () => string;
  /** Answers another request, as if a client had sent it. */
  readonly send: (method: string, path: string, apiVersion: string, body: JsonObject) => Promise<Reply>;
}

/** The same below a workspace that exists. */
export interface WorkspaceContext extends OperationContext {
  readonly workspace: Workspace;
}

export type Operation<Context> = (context: Context) => Reply | Promise<Reply>;

/** What a client can do with a type of resource. What is absent is answered with 405. */
export interface Operations<Context> {
  readonly list?: Operation<Context>;
  readonly get?: Operation<Context>;
  /** Like `get` without a body, if it has one of its own. */
  readonly head?: Operation<Context>;
  readonly put?: Operation<Context>;
  readonly patch?: Operation<Context>;
  readonly delete?: Operation<Context>;
  readonly post?: Operation<Context>;
}

/** Name of the resource that the path ends in; of its parent with `level` 1. */
export function nameOf({ path }: OperationContext, level = 0): string {
  return path.providers.at(-1)?.names.at(-1 - level) ?? '';
}

/** The body as a JSON object, or a refusal in the words of Azure Resource Manager. */
export function bodyOf({ body }: OperationContext): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(body) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return refuse(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: '${reason}'.`,
    );
  }
  if (isJsonObject(value)) return value;
  return refuse(400, 'InvalidRequestContent', 'The request content was invalid: a JSON object was expected.');
}

/** The `properties` of a body: an empty object if there are none, so that a schema can name what is missing. */
export function propertiesOf(body: JsonObject): JsonObject {
  return isJsonObject(body['properties']) ? body['properties'] : {};
}
