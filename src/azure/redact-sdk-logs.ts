import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import type { AzureLogger } from '@azure/logger';
import { redactSecrets } from './redact-secrets.ts';

type Logger = typeof AzureLogger;

/** The secrets to be taken out. One list for the process, since the SDK has one log for it. */
const known = new Set<string>();
let isInstalled = false;

/**
 * Takes secrets out of the log that AZURE_LOG_LEVEL turns on. The SDK leaves out the bodies and the headers that it knows
 * to be secret, but prints a proxy's password and whatever the Azure CLI says.
 */
export async function redactSdkLogs(secrets: readonly string[]): Promise<void> {
  for (const secret of secrets) known.add(secret);
  if (isInstalled) return;
  isInstalled = true;
  redactLogger((await import('@azure/logger')).AzureLogger);
  // The client of Microsoft.SecurityInsights is CommonJS, and has a logger of its own.
  const commonJs = createRequire(import.meta.url)('@azure/logger') as { readonly AzureLogger: Logger };
  redactLogger(commonJs.AzureLogger);
}

function redactLogger(logger: Logger): void {
  const { log } = logger;
  logger.log = (...parts: unknown[]) => {
    log(...parts.map((part) => redactSecrets(typeof part === 'string' ? part : inspect(part), [...known])));
  };
}
