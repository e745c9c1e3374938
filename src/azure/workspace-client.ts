import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Cloud } from '../detection/config.ts';
import { createArmClient, type ArmClient } from './arm-client.ts';
import { cloudEndpoints } from './clouds.ts';
import type { Credential } from './credential.ts';
import { createRequestGovernor, type RequestGovernor } from './request-governor.ts';
import type { WorkspaceAddress } from './resource-routes.ts';
import { defaultRetryOptions, type RetryOptions } from './send-with-retries.ts';
import { systemTimer, type Timer } from './timer.ts';
import { createTrafficMeter, type TrafficMeter } from './traffic-meter.ts';

/** Which workspace is spoken to, by whom and how. */
export interface WorkspaceClientOptions {
  readonly cloud: Cloud;
  readonly address: WorkspaceAddress;
  /** api-version of the SecurityInsights provider. */
  readonly apiVersion: string;
  readonly credential: Credential;
  /** Version of Kustodian, for the user agent. */
  readonly version: string;
  /** Instead of the cloud's own endpoint: an emulator's server. */
  readonly endpoint?: string;
  /** Instead of sockets: the emulator in this process. */
  readonly httpClient?: HttpClient;
  readonly retry?: Partial<RetryOptions>;
  readonly timer?: Timer;
  /** From 0 to below 1: spreads repetitions. */
  readonly random?: () => number;
  /** Shared by the stores of one identity and subscription, which share what the service lets through. */
  readonly governor?: RequestGovernor;
  /** Once aborted, no request waits any more for its turn or its repetition; those under way get their answer. */
  readonly stopWaiting?: AbortSignal;
}

/** A way to the workspace, and the count of what went over it. */
export interface WorkspaceClient {
  readonly client: ArmClient;
  readonly meter: TrafficMeter;
  /** Origin of Azure Resource Manager, or of an emulator. */
  readonly endpoint: string;
}

/** Nothing is loaded or sent before the first request. */
export function createWorkspaceClient(options: WorkspaceClientOptions): WorkspaceClient {
  const { address, cloud, credential, httpClient, stopWaiting, version } = options;
  const { random = Math.random, timer = systemTimer } = options;
  const endpoint = options.endpoint ?? cloudEndpoints[cloud].resourceManager;
  const meter = createTrafficMeter(timer);
  const client = createArmClient({
    subscriptionId: address.subscriptionId,
    endpoint,
    scope: cloudEndpoints[cloud].scope,
    credential,
    version,
    retry: { ...defaultRetryOptions, ...options.retry },
    timer,
    random,
    governor: options.governor ?? createRequestGovernor(timer),
    meter,
    stopWaiting,
    httpClient,
  });
  return { client, meter, endpoint };
}
