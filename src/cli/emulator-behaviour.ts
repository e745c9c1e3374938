import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { nearestName } from '../core/nearest-name.ts';
import { ToolError } from '../core/tool-error.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { createEdge } from '../emulator/middleware/edge.ts';
import type { Fault } from '../emulator/middleware/faults.ts';
import { readFaults } from '../emulator/middleware/read-faults.ts';
import type { EmulatorSettings, QueryFindings } from '../emulator/settings.ts';
import { bindQuery } from '../kql/bind-query.ts';
import { loadBuiltinSchema } from '../kql/schemas/builtin-schema.ts';
import { isAllowed, type Permission } from '../sentinel/allowed-actions.ts';
import { actionsFor, requiredActions } from '../sentinel/required-actions.ts';
import { refusals, roles, valueForms } from './emulator-options.ts';
import type { Host } from './host.ts';
import { choiceOption, flagOption, numberOption, textOption, type Options } from './options.ts';

/** Reads what `addEmulatorOptions` declares. */
export async function readEmulatorBehaviour(
  host: Host,
  options: Options,
): Promise<Pick<EmulatorOptions, 'middleware' | 'settings'>> {
  const token = textOption(options, 'token');
  const latencyMs = numberOption(options, 'latency');
  const faultsFile = textOption(options, 'faults');
  const middleware = createEdge(
    {
      ...(token === undefined ? {} : { token: token === 'any' ? 'any' : { value: token } }),
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(faultsFile === undefined ? {} : { faults: await readFaultsFile(host, faultsFile) }),
      ...(flagOption(options, 'throttle') ? { throttle: {} } : {}),
      ...(flagOption(options, 'log')
        ? {
            log: ({ method, url, status }) => {
              host.stderr.write(`${method} ${url} ${status ?? 'connection broken'}\n`);
            },
          }
        : {}),
    },
    {
      now: () => host.now(),
      newGuid: randomUUID,
      delay: async (milliseconds) => {
        await setTimeout(milliseconds);
      },
    },
  );
  return { middleware, settings: readSettings(options) };
}

async function readFaultsFile(host: Host, file: string): Promise<readonly Fault[]> {
  const bytes = await host.fileSystem(host.cwd).readFile(file);
  return readFaults(new TextDecoder().decode(bytes), file);
}

function readSettings(options: Options): Partial<EmulatorSettings> {
  const pageSize = numberOption(options, 'pageSize', { from: 1 });
  const scheduled = numberOption(options, 'maxScheduled');
  const nrt = numberOption(options, 'maxNrt');
  return {
    staleEtag: choiceOption(options, 'staleEtag', refusals),
    missingEtag: choiceOption(options, 'missingEtag', refusals),
    recentlyDeletedId: choiceOption(options, 'deletedId', refusals),
    values: choiceOption(options, 'values', valueForms),
    permissions: [readPermission(options)],
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(scheduled === undefined ? {} : { enabledScheduledRules: scheduled }),
    ...(nrt === undefined ? {} : { enabledNrtRules: nrt }),
    ...(flagOption(options, 'checkQueries') ? { inspectQuery } : {}),
  };
}

/** What the role allows and `--deny` does not take back. */
function readPermission(options: Options): Permission {
  const role = choiceOption(options, 'role', roles);
  const denied: unknown = options['deny'];
  const notActions = Array.isArray(denied) ? denied.map(String) : [];
  for (const action of notActions) checkAction(action);
  return { actions: role === 'owner' ? ['*'] : actionsFor(role).map(({ action }) => action), notActions };
}

/** A misspelt action would deny nothing, unseen. */
function checkAction(pattern: string): void {
  const all = requiredActions.map(({ action }) => action);
  if (all.some((action) => isAllowed(action, [{ actions: [pattern], notActions: [] }]))) return;
  const nearest = nearestName(pattern, all);
  throw new ToolError('usage', `"${pattern}" is no action that Kustodian takes`, {
    hint:
      nearest === undefined
        ? 'docs/permissions.md lists them; * stands for anything'
        : `did you mean "${nearest}"?`,
  });
}

/** Looks at a query as the service would: an unknown table first, then any other error, then the columns. */
async function inspectQuery(query: string): Promise<QueryFindings> {
  const { diagnostics, result } = bindQuery(query, await loadBuiltinSchema());
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => code === 'kql/unknown-table')) return { missingTable: true };
  const [error] = errors;
  if (error !== undefined) return { error: { code: 'SEM0100', message: error.message } };
  return result === undefined || result.isOpen ? {} : { columns: result.columns.map(({ name }) => name) };
}
