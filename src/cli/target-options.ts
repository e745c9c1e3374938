import { Option, type Command } from 'commander';
import { credentialKinds, type CredentialKind } from '../detection/config.ts';
import { defaultMaxDeletes, type PlanLimits } from '../plan/check-limits.ts';
import { flagOption, numberOption, textOption, type Options } from './options.ts';

/** The workspace that a verb works on, and how it gets in. */
export interface Target {
  readonly environment: string;
  /** One of the workspaces of an environment that has many; all of them if it is not given. */
  readonly workspace: string | undefined;
  /** Undefined if the environment is to say it. */
  readonly credential: CredentialKind | undefined;
  /** Take over resources that the repository describes but did not make. */
  readonly adopt: boolean;
  /** Delete resources that the repository made but no longer describes. */
  readonly prune: boolean;
  /** Take in that automation rules and actions may point at nothing afterwards. */
  readonly allowBrokenAutomation: boolean;
  /** Switch alert rules on again that the service switched off. */
  readonly enableAutoDisabled: boolean;
  /** Block what the service is known to refuse, before it is asked. */
  readonly preflight: boolean;
  /** Do not heed the holds that the workspace remembers. */
  readonly liftHolds: boolean;
}

/** Declares which workspace a verb works on, and how it gets in. */
export function addAccessOptions(command: Command): void {
  command.option('-e, --env <name>', 'environment of kustodian.yaml', 'local');
  command.option('-w, --workspace <name>', 'only this one of the workspaces of the environment');
  command.addOption(
    new Option(
      '--credential <kind>',
      'how to sign in to Azure; wins over kustodian.yaml (default: azure-cli, in CI none)',
    ).choices(credentialKinds),
  );
}

/** Declares the options that `plan` and `deploy` share. */
export function addTargetOptions(command: Command): void {
  addAccessOptions(command);
  command.option('--adopt', 'take over resources of the same name that this repository did not make');
  command.option('--prune', 'remove what this repository made but no longer describes for the environment');
  addBreakageOption(command);
  command.option('--enable-auto-disabled', 'switch alert rules on again that the service switched off');
  command.option('--no-preflight', 'do not check limits, tables and watchlists of the workspace beforehand');
  command.option('--lift-holds', 'do not heed the holds that the workspace remembers');
}

/** Declares what may break, for every verb that takes alert rules away. */
export function addBreakageOption(command: Command): void {
  command.option(
    '--allow-broken-automation',
    'delete and replace alert rules even if automation rules or actions point at them',
  );
}

/** Reads them. */
export function readTarget(options: Options): Target {
  const kind = textOption(options, 'credential');
  return {
    environment: textOption(options, 'env') ?? 'local',
    workspace: textOption(options, 'workspace'),
    credential: credentialKinds.find((one) => one === kind),
    adopt: flagOption(options, 'adopt'),
    prune: flagOption(options, 'prune'),
    allowBrokenAutomation: flagOption(options, 'allowBrokenAutomation'),
    enableAutoDisabled: flagOption(options, 'enableAutoDisabled'),
    preflight: options['preflight'] !== false,
    liftHolds: flagOption(options, 'liftHolds'),
  };
}

/** Declares how much may be changed. */
export function addLimitOptions(command: Command): void {
  command.option(
    '--max-deletes <count>',
    'write nothing if the plan deletes, disables and replaces more resources',
    String(defaultMaxDeletes),
  );
  command.option('--max-changes <count>', 'write nothing if the plan has more changes (default: any number)');
}

/** Reads it. */
export function readLimits(options: Options): PlanLimits {
  return {
    deletes: numberOption(options, 'maxDeletes') ?? defaultMaxDeletes,
    changes: numberOption(options, 'maxChanges'),
  };
}
